"""What people write stays text, and what cannot be seen is named."""

import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters import strip_files_prefix

from grader.answers import CodesAnswer, NoteAnswer
from grader.grading.echo import said
from grader.grading.safety import clean_html, escape_formgrader, markdown_to_html
from grader.lint import exemplar
from grader.visible import visible
from tests.conftest import ROOT
from tests.grading.hostile import HOSTILE, IMAGE, MARKUP, ORDINARY, hostile

HARMLESS = {"href", "rel", "title", "start", "align", "open"}


class Seen(HTMLParser):
    """Notes tags and attributes as a parser other than the cleaner's reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.comments: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.tags.add(tag)
        self.attributes.update(attrs)

    def handle_comment(self, data):
        """Note a comment."""
        self.comments.append(data)


def assert_harmless(html: str) -> None:
    """Nothing in it runs, loads something by itself or reaches the rest of the page."""
    seen = Seen(html)
    loading = {
        "script",
        "style",
        "img",
        "iframe",
        "object",
        "video",
        "svg",
        "math",
        "form",
        "base",
        "meta",
        "link",
    }
    assert not seen.tags & loading and not seen.comments
    assert {name for name, _ in seen.attributes} <= HARMLESS
    links = [value or "" for name, value in seen.attributes if name == "href"]
    assert all(re.match("https?://|mailto:", link) for link in links), links


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_is_harmless(text):
    """Alone, in a sentence, in a list, in a table and twice encoded, it is harmless, also after nbconvert's last touch."""
    for source in (
        text,
        f"a {text} b",
        f"- {text}",
        f"| a |\n|---|\n| {text} |",
        f"{text}\n\n{text}",
        f"**{text}",
    ):
        assert_harmless(strip_files_prefix(markdown_to_html(source)))
        assert_harmless(clean_html(source))
    assert_harmless(markdown_to_html("".join(HOSTILE)))
    assert_harmless(markdown_to_html("\n\n".join(HOSTILE)))


@given(
    st.lists(st.sampled_from([*HOSTILE, "<", ">", '"', "`", "\n", "&", "files/", "--", "]]>"]), max_size=6)
)
def test_hostile_pieces_are_harmless_together(pieces):
    """No two of them make up what neither is."""
    assert_harmless(strip_files_prefix(markdown_to_html("".join(pieces))))


@pytest.mark.parametrize("text", MARKUP[:5] + MARKUP[9:17])
def test_a_refused_tag_is_shown_as_typed(text):
    """Whoever comments with `<script>` reads `<script>`, not nothing."""
    name = re.match(r"</?\w+", text)[0]
    shown = unescape(re.sub("<[^>]*>", "", markdown_to_html(f"See {text}.")))
    assert name == "<b" or name in shown
    assert "<M54.50> is wrong" in unescape(markdown_to_html("<M54.50> is wrong"))


def test_harmless_markdown_looks_as_ever():
    """Emphasis, lists, tables, code, links to other sites and inline HTML come out as they went in."""
    source = (
        "# Head\n\n**b** *i* `<c>` ~~s~~ [l](https://example.org/x?a=1&b=2 'T') <sub>2</sub>\n\n3. a\n4. b\n\n"
        "| h |\n|---|\n| d |\n\n> q\n\n```python\nx = 1\n```\n\n<details><summary>S</summary>More</details>"
    )
    shown = markdown_to_html(source)
    wanted = (
        "<h1>Head</h1>", "<strong>b</strong> <em>i</em> <code>&lt;c&gt;</code> <del>s</del>",
        '<a href="https://example.org/x?a=1&amp;b=2" title="T" rel="noopener noreferrer">l</a> <sub>2</sub>',
        '<ol start="3">', "<th>h</th>", "<td>d</td>", "<blockquote>", "<summary>S</summary>More</details>",
    )  # fmt: skip
    assert all(part in shown for part in wanted), shown
    assert "x = 1" in re.sub("<[^>]*>", "", shown)


def test_ordinary_words_stay_what_they_are():
    """Signs, accents, other scripts and amounts of money read as they were written."""
    written = f"{ORDINARY} costs $5 and $7, a_b_c"
    assert unescape(re.sub("<[^>]*>", "", markdown_to_html(written))).strip() == written
    assert unescape(clean_html(f"<p>{written}</p>".replace("< ", "&lt; "))) == f"<p>{written}</p>"


def test_what_cannot_be_seen_is_named_on_the_page_too():
    """As a character and as an entity, in Markdown and in HTML."""
    for render in (markdown_to_html, clean_html):
        assert "a⟦U+202E⟧b⟦U+202E⟧c⟦U+200B⟧d" in render("a\u202eb&#x202e;c&ZeroWidthSpace;d")
        assert "⟦U+0000⟧" in render("a\x00b") and "<bdo" not in render("<bdo dir=rtl>abc</bdo>")


def test_an_image_is_its_description():
    """No image is asked for, its description is read, and an attachment that is missing stops nothing."""
    assert markdown_to_html("![A chart](http://evil.example/i.png)") == "<p>A chart</p>\n"
    assert markdown_to_html("![A chart](attachment:none)") == "<p>A chart</p>\n"


def test_answers_of_every_kind_are_told_with_what_cannot_be_seen(cases, keys):
    """Whatever the shape of an answer, its words hold nothing that does not show; ordinary ones are unchanged."""
    shapes = {}
    for case in cases.values():
        shapes |= {item.kind: (case, item) for item in case.items}
    for case, item in shapes.values():
        answer = exemplar(keys[case.id].items[item.id], case)
        words = said(hostile(answer), item, case)
        assert words == visible(words) and "onerror" in words, item.kind
        assert "⟦" not in said(answer, item, case), item.kind


def test_an_answer_keeps_its_words():
    """A note keeps its lines and its letters; a code tells what is hidden in it."""
    item, case = SimpleNamespace(choices=(), prompts=()), SimpleNamespace()
    assert said(NoteAnswer(f"{ORDINARY}\n{IMAGE}"), item, case) == f"{ORDINARY}\n{IMAGE}"
    assert said(CodesAnswer(("M54.9", "M54\u200b.5")), item, case) == "M54.9, M54⟦U+200B⟧.5"


def test_grading_does_not_wait_for_what_pages_need():
    """Reading answers back needs no nbconvert, which takes two seconds to import."""
    code = (
        "import sys, grader.grading.echo; sys.exit('nbconvert' in sys.modules or 'nbgrader' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_formgrader_escapes_names(monkeypatch):
    """Where formgrader runs its templates escape what they show; elsewhere nothing happens."""
    from nbgrader.server_extensions.formgrader import formgrader

    monkeypatch.setattr(formgrader, "Environment", formgrader.Environment)
    escape_formgrader()
    escape_formgrader()
    template = formgrader.Environment().from_string('var name = "{{ name }}"; <li>{{ name }}')
    shown = template.render(name='"-alert(1)-"<script>')
    assert shown == 'var name = "&#34;-alert(1)-&#34;&lt;script&gt;"; <li>&#34;-alert(1)-&#34;&lt;script&gt;'
    assert template.render(name="o'neil-1") == "var name = \"o'neil-1\"; <li>o'neil-1"
    monkeypatch.delitem(sys.modules, "nbgrader.server_extensions.formgrader.formgrader")
    escape_formgrader()
