#!/bin/sh
# A browser for the tests: Debian's chromium for root, playwright's own for everybody else.
set -eu
if command -v chromium >/dev/null; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  python -m playwright install chromium
fi
