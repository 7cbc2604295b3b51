"""The search for leaks finds what is there, in every kind of file, and nothing that is not."""

from __future__ import annotations

import base64
import gzip
import html
import json
import sqlite3
import zlib
from pathlib import Path

import pytest

from tests.leaks.searching import Secrets, leaks, secrets, shingles

SENTENCE = 'The letter asks for "signatures" of clinicians only & not for a diary – send it as it stands.'
CANARY = "f1a11cf7-6424-4b8a-bbe4-dca1223c6da1"
KEY = f"""\
canary: {CANARY}
items:
  next: {{reasons: {{c1: '{SENTENCE}'}}, cite: "One two three four five six seven eight nine ten eleven"}}
"""


@pytest.fixture
def hidden(tmp_path: Path) -> Secrets:
    path = tmp_path / "key.yml"
    path.write_text(KEY)
    return secrets([path], [])


def database(text: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table comment (text)")
    connection.execute("insert into comment values (?)", (text,))
    connection.commit()
    return connection.serialize()


CARRIERS = {
    "text": lambda text: text.encode(),
    "page": lambda text: f"<p>{html.escape(text)}</p>".encode(),
    "marked page": lambda text: f"<p>{html.escape(text).replace(' ', '&#32;<b></b>')}</p>".encode(),
    "JSON": lambda text: json.dumps({"why": f"\n{text}"}).encode(),
    "JSON in JSON": lambda text: json.dumps({"state": json.dumps({"why": text})}).encode(),
    "packed": lambda text: gzip.compress(text.encode()),
    "token": lambda text: (
        b"e30." + base64.urlsafe_b64encode(json.dumps({"a": text}).encode()).rstrip(b"=") + b".x"
    ),
    "picture": lambda text: b"\x89PNG...." + zlib.compress(text.encode() + b" " * 40),
    "gradebook": database,
}


@pytest.mark.parametrize("carrier", [name for name in CARRIERS if name != "marked page"])
@pytest.mark.parametrize("secret", [SENTENCE, CANARY], ids=["sentence", "canary"])
def test_a_secret_is_found_in_every_kind_of_file(carrier: str, secret: str, hidden: Secrets) -> None:
    """Whatever a file is packed or escaped in, a sentence of a key and a canary are found in it."""
    assert leaks(CARRIERS[carrier](f"Before. {secret} After."), hidden)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_is_no_secret_is_not_found(carrier: str, hidden: Secrets) -> None:
    """A text of other words, and the name of a rule, are no leaks."""
    text = "One two three four five six seven eight nine ten eleven. The letter asks for the diary of the patient only."
    assert not leaks(CARRIERS[carrier](text), hidden)


def test_what_the_chart_says_is_no_secret(tmp_path: Path) -> None:
    """Words that a key quotes from its chart are in the open anyway; its canary stays secret."""
    path = tmp_path / "key.yml"
    path.write_text(KEY)
    found = secrets([path], [f"CHART: {SENTENCE}"])
    assert not found.shingles and found.canaries == {CANARY}


def test_a_short_sentence_holds_no_run_of_ten_words() -> None:
    """Nine words are too few to tell a key by."""
    assert not list(shingles("one two three four five six seven eight nine"))
    assert len(list(shingles("one two three four five six seven eight nine ten"))) == 1
