"""Build the compact code set from the official tabular XML.

The XML is the one that the PyPI package simple-icd-10-cm carries (public domain, CMS/NCHS).  Two files come of it:
``tabular.bin`` holds the whole tabular list for Python, ``codes.bin`` the text that the workbench searches.
Both are gzip; they are not called ``.gz`` because some web servers unpack that on the way.
"""

from __future__ import annotations

import gzip
import json
from importlib.metadata import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from grader.codeset.tabular import ARTEFACT, NOTE_KINDS, SEARCH_TEXT, CodeSet, Entry, forget, load
from grader.errors import CodeSetError

_XML_NOTES = {
    "inclusionTerm": "inclusion_terms",
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "notes",
}
_INSTRUCTIONS = ("code_first", "use_additional", "code_also")
RELEASE = "FY2026 April 2026"


def official_xml() -> Path:
    """Return the official tabular XML installed with simple-icd-10-cm.

    Raises
    ------
    CodeSetError
        When the package or its XML is missing.
    """
    found = [
        path for path in files("simple-icd-10-cm") or [] if path.name.endswith("tabular-April-1-2026.xml")
    ]
    if len(found) != 1:
        raise CodeSetError(
            "simple-icd-10-cm does not carry the tabular XML of April 2026. Install requirements.txt."
        )
    return Path(str(found[0].locate()))


def build(xml: Path, target: Path = ARTEFACT) -> CodeSet:
    """Write the compact code set made from ``xml`` to ``target`` and return it as read back."""
    nodes = nodes_of(ElementTree.parse(xml).getroot())
    data = {"format": "tabular/1", "release": RELEASE, "nodes": nodes}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_gzip(json.dumps(data, ensure_ascii=False, separators=(",", ":"))))
    forget()
    return load(target)


def nodes_of(root: ElementTree.Element) -> list[dict[str, Any]]:
    """Return the lines of the tabular XML, from the top down, as the code set keeps them."""
    nodes: list[dict[str, Any]] = []
    for chapter in root.iter("chapter"):
        _add(chapter, "", nodes)
    return nodes


def _add(element: ElementTree.Element, parent: str, nodes: list[dict[str, Any]]) -> None:
    name = _block(element.get("id", "")) if element.tag == "section" else element.findtext("name")
    if name is None or element.findtext("desc") is None:
        raise CodeSetError(
            f"The tabular XML has a {element.tag} without name or title below {parent or 'its root'}."
        )
    notes = {kind: texts for tag, kind in _XML_NOTES.items() if (texts := _notes(element, tag, kind))}
    seventh = {e.get("char", ""): _text(e) for e in element.findall("sevenChrDef/extension")}
    if name.startswith("S06.") and "with death due to" in _text(element.find("desc")):
        # S06 takes A, D, S "except as noted"; the official code list gives a death before waking A alone.
        seventh = {"A": "initial encounter"}
    node: dict[str, Any] = {"c": name, "t": _text(element.find("desc")), "p": parent}
    if notes:
        node["n"] = {NOTE_KINDS.index(kind): texts for kind, texts in notes.items()}
    if seventh:
        node["s"] = seventh
    nodes.append(node)
    for child in element:
        if child.tag in ("section", "diag") and child.findtext("name" if child.tag == "diag" else "desc"):
            _add(child, name, nodes)


def _notes(element: ElementTree.Element, tag: str, kind: str) -> list[str]:
    """Return one text a line of the list; an instruction that goes over several lines is one text."""
    blocks = [[_text(note) for note in block.findall("note")] for block in element.findall(tag)]
    if kind in _INSTRUCTIONS:
        return ["\n".join(lines) for lines in blocks if lines]
    return [line for lines in blocks for line in lines]


def _block(name: str) -> str:
    """Name a block apart from its category: the block C7A holds nothing but the category C7A."""
    return name if "-" in name else f"{name}-{name}"


def _text(element: ElementTree.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _gzip(text: str) -> bytes:
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def write_search_text(codes: CodeSet, target: Path = SEARCH_TEXT) -> None:
    """Write ``codes.bin``: one line a code, ``code, flag, title, terms, seventh characters`` between tabs."""
    lines = ["codes/1"]
    for entry in codes.entries():
        seventh = ";".join(
            f"{char}={meaning}" for char, meaning in codes.seventh_characters(entry.code).items()
        )
        terms = "|".join(entry.inclusion_terms)
        lines.append(
            "\t".join((entry.code, _flag(codes, entry), entry.title, terms, seventh if entry.leaf else ""))
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_gzip("\n".join(lines)))


def _flag(codes: CodeSet, entry: Entry) -> str:
    if not entry.leaf:
        return "h"
    return "7" if codes.seventh_characters(entry.code) else "b"
