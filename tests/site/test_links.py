"""Links of a built site."""

import pytest

from grader.site.links import broken_links
from grader.site.pages import read_site


def site(root, **pages):
    """Write a site; names with two underscores stand in a folder."""
    for name, body in {"index": "<p>Start</p>", **pages}.items():
        path = root / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body><article><h1>T</h1>{body}</article></body></html>")
    return root


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("../index.html", ""),
        ("../", ""),
        ("other.html#there", ""),
        ("#here", ""),
        ("other.html?q=1#there", ""),
        ("https://example.org/none", ""),
        ("mailto:someone@example.org", ""),
        ("none.html", "leads to a file that is not there"),
        ("../../index.html", "leads to a file that is not there"),
        ("other.html#nowhere", "leads to an anchor that book/other.html does not have"),
        ("#nowhere", "leads to an anchor that book/page.html does not have"),
        ("/index.html", "begins with /, which fails under a path prefix"),
    ],
)
def test_links_that_lead_nowhere_are_told_and_others_are_not(tmp_path, link, said):
    """Files, anchors and the path prefix are checked; other hosts are not asked."""
    site(tmp_path, book__page=f'<p id="here"><a href="{link}">x</a></p>', book__other='<p id="there"></p>')
    found = list(broken_links(tmp_path, read_site(tmp_path)))
    assert found == ([f"book/page.html: the link {link!r} {said}"] if said else [])


def test_scripts_and_images_are_links_too(tmp_path):
    """What a page loads has to be there."""
    site(tmp_path, page='<img src="none.png"><script src="none.js"></script>')
    assert len(list(broken_links(tmp_path, read_site(tmp_path)))) == 2


def test_what_is_hidden_until_it_is_there_is_no_broken_link(tmp_path):
    """A link that publishing shows only together with its file is left alone."""
    site(tmp_path, page='<p hidden><a href="book.pdf">PDF</a></p>')
    assert list(broken_links(tmp_path, read_site(tmp_path))) == []
