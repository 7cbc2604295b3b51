#!/bin/sh
# Debian's packages that tests use besides a browser: a PostgreSQL server for a gradebook of its own, and bubblewrap.
# Where they cannot be installed, the tests that need them are skipped with a reason.
set -eu
missing=
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing=postgresql
command -v bwrap >/dev/null || missing="$missing bubblewrap"
if [ -z "$missing" ]; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086 (a list of names)
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Some tests will be skipped. To run them as well, install: $missing" >&2
fi
