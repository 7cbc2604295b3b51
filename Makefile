# Coding Back Pain.  `make course` sets everything up and runs it; `make test` tests it.
SHELL := /bin/sh
.SHELLFLAGS := -euc
.DELETE_ON_ERROR:
.DEFAULT_GOAL := course

PYTHON ?= python3
UV := uv==0.13.9
VENV := $(CURDIR)/.venv
# nbgrader calls alembic by name, and npm calls node: the environment's own come first.
export PATH := $(VENV)/bin:$(PATH)
# nbgrader only logs a broken configuration and then runs trainees' code; this makes it stop.
export TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR := 1
PORT ?= 8000

ENV := build/.stamps/env
ENV_TEST := build/.stamps/env-test
ASSETS := build/.stamps/assets
PACK := build/.stamps/pack
BOOK := build/.stamps/book
CLASS := build/.stamps/class
SITE := build/book/_build/html
PDF := build/coding-back-pain.pdf

GRADER := $(shell find grader \( -name '*.py' -o -name '*.json' \) -not -path '*/data/*' -not -path '*/static/*')
CASES := $(shell find cases -name '*.yml' -o -name '*.txt' 2>/dev/null)
PAGES := _config.yml _toc.yml $(shell find book \( -path book/node_modules -o -name __pycache__ \) -prune -o -type f -print)
EXERCISES := $(shell find exercises -type f -not -path '*/source/*' 2>/dev/null)

# A file that is gone makes things anew as much as one that changed: what was a case must not stay published.
FILES := build/.stamps/files
$(shell mkdir -p build/.stamps; printf '%s\n' $(sort $(GRADER) $(CASES) $(PAGES)) >$(FILES).new; \
  cmp -s $(FILES).new $(FILES) && rm $(FILES).new || mv $(FILES).new $(FILES))

.PHONY: course test serve report publish book pdf assets lint lock clean

course: $(BOOK) $(CLASS) ## set up, build the book, run a demonstration class
	@cat build/class/grades.txt
	@echo
	@echo "The sample exam:"
	@cat build/class/exam.txt
	@# The sample issuer's public half, so that its certificates can be checked with `make serve`; it is never published.
	@rm -rf $(SITE)/issuer && cp -R build/class/issuer/public $(SITE)/issuer
	@echo
	@echo "The book:   $(SITE)/index.html   (read it with: make serve)"
	@echo "Feedback:   build/class/feedback/"
	@echo "Gradebook:  build/class/gradebook.db"
	@echo "Class table: build/class/grades.csv"
	@echo "Report:      build/class/report/unit-1/report.html"
	@echo "Results:     build/class/exams/sample-exam/results/"
	@echo "Check a certificate: drop it on book/verify.html of the book"

$(ENV): requirements.txt pyproject.toml
	@echo "── Setting up Python (once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make course PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "This Python cannot make environments. On Debian: apt-get install python3-venv"; exit 1; }
	@pip --disable-pip-version-check install -q $(UV)
	@VIRTUAL_ENV=$(VENV) uv pip install -q -r requirements.txt
	@VIRTUAL_ENV=$(VENV) uv pip install -q --no-deps -e .
	@mkdir -p $(@D) && touch $@

$(ENV_TEST): tests/requirements.txt tests/install_browser.sh tests/install_system.sh $(ENV)
	@echo "── Setting up what the tests need (once)"
	@VIRTUAL_ENV=$(VENV) uv pip install -q -r tests/requirements.txt
	@sh tests/install_browser.sh
	@sh tests/install_system.sh
	@mkdir -p $(@D) && touch $@

$(ASSETS): $(ENV) book/package.json book/package-lock.json $(wildcard grader/workbench/src/*.js grader/workbench/src/*/*.js) grader/certificate/reasons.json $(wildcard grader/workbench/*.css) grader/codeset/search/synonyms.json
	@echo "── Building the workbench"
	@npm --prefix book ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@npm --prefix book run --silent build
	@mkdir -p $(@D) && touch $@

$(PACK): $(ASSETS) $(GRADER) $(CASES) $(FILES)
	@echo "── Building the code set and checking the cases"
	@python -m grader codes build
	@python -m grader lint
	@python -m grader pack build/course
	@mkdir -p $(@D) && touch $@

$(BOOK): $(PACK) $(PAGES) $(FILES)
	@echo "── Building the book"
	@# Every page shows the table of contents, and Sphinx does not look whether an extension changed: all pages anew.
	@# What a failed build has read tells no warning a second time: the next one has to read all of it again.
	@jupyter-book build . --path-output build/book -W -n --keep-going --quiet $(if $(filter _toc.yml _config.yml book/_ext/%,$?),--all) || \
	  { rm -rf build/book/_build/.doctrees; exit 1; }
	@mkdir -p $(@D) && touch $@

$(CLASS): $(PACK) $(EXERCISES)
	@echo "── Grading a demonstration class and an exam with nbgrader"
	@python -m grader demonstration build/class
	@mkdir -p $(@D) && touch $@

$(PDF): $(BOOK) $(ENV_TEST)
	@echo "── Printing the book"
	@python -m grader book pdf $@

book: $(BOOK) ## build the book
pdf: $(PDF) ## print the whole book into one PDF
assets: $(ASSETS) ## build the workbench

report: $(BOOK) ## links, spelling and readability of every page of the book
	@python -m grader book report

# Asked for before the book is built and printed, which takes minutes.
ifeq ($(filter publish,$(MAKECMDGOALS))$(TO),publish)
$(error Say where: make publish TO=/var/www/course, or TO=you@host:/var/www/course)
endif

publish: $(BOOK) $(PDF) ## bring the book to a static host: make publish TO=/var/www/course, or TO=you@host:/var/www/course; ISSUER=DIR adds your certificates' issuer
	@python -m grader book publish build/site --pdf $(PDF) $(if $(ISSUER),--issuer "$(ISSUER)")
	@sh book/publish.sh build/site "$(TO)"

serve: $(BOOK) ## read the book at http://127.0.0.1:8000
	@echo "The book is at http://127.0.0.1:$(PORT) — Ctrl+C ends it."
	@python -m http.server $(PORT) --bind 127.0.0.1 --directory $(SITE)

test: $(ENV_TEST) $(BOOK) $(CLASS) ## test everything
	@ruff check . && ruff format --check . && mypy && lint-imports
	@pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(PACK) ## check the case library
	@python -m grader lint

lock: ## renew requirements.txt from pyproject.toml
	uv pip compile -q --universal --no-header pyproject.toml -o requirements.txt
	uv pip compile -q --universal --no-header --extra test -c requirements.txt pyproject.toml -o tests/requirements.txt

clean: ## remove everything that was built
	rm -rf build book/node_modules grader/workbench/static grader/codeset/data
