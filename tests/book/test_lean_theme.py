"""The light theme: what goes, and what must not."""

import re

import lean_theme
import pytest

PAGE = """<html><head>
<link href="../_static/styles/theme.css?digest=1" rel="stylesheet"/>
<link href="../_static/styles/pydata-sphinx-theme.css?digest=1" rel="stylesheet"/>
<link href="../_static/pygments.css?v=2" rel="stylesheet"/>
<link href="../_static/course.css?v=3" rel="stylesheet"/>
<link as="script" href="../_static/scripts/bootstrap.js" rel="preload"/>
<script src="../_static/documentation_options.js"></script>
<script src="../_static/reader/index.js" type="module"></script>
<script src="../_static/design-tabs.js"></script>
<script>DOCUMENTATION_OPTIONS.pagename = 'a';</script>
<script>const first = true;</script>
</head><body>text</body></html>"""


def test_the_themes_sheets_become_one_before_the_books_own():
    """A page links to one sheet of the theme, in the place of the first, and to the book's own as before."""
    links = re.findall(r'<link href="([^"]*)" rel="stylesheet"/>', lean_theme.lighten(PAGE))
    assert links == [
        "../_static/styles/lean-theme.css",
        "../_static/pygments.css?v=2",
        "../_static/course.css?v=3",
    ]


def test_scripts_of_the_theme_wait_and_those_that_must_not_do_not():
    """Nothing but style sheets holds back the page, and what one script needs of another still comes after it."""
    html = lean_theme.lighten(PAGE)
    assert '<script defer="" src="../_static/documentation_options.js">' in html
    assert '<script src="../_static/reader/index.js" type="module">' in html
    assert '<script type="module">DOCUMENTATION_OPTIONS' in html
    assert "<script>const first" in html and "preload" not in html and "design-tabs" not in html


def test_tabs_keep_their_script():
    """A page with tabs has the script for them."""
    assert "design-tabs" in lean_theme.lighten(PAGE.replace("text", '<div class="sd-tab-set"></div>'))


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        (".used .gone{color:red}", ""),
        (".used,.gone{color:red}", ".used{color:red}"),
        (".used:not(.gone){color:red}", ".used:not(.gone){color:red}"),
        (":is(.gone,p){color:red}", ":is(.gone,p){color:red}"),
        ("p > [class*=gone]{color:red}", "p > [class*=gone]{color:red}"),
        (".bs-tooltip-auto{color:red}", ".bs-tooltip-auto{color:red}"),
        (".w-1\\/2{color:red}", ".w-1\\/2{color:red}"),
        ("@media print{.gone{color:red}}", ""),
        ("@media print{p{color:red}.gone{top:0}}", "@media print{p{color:red}}"),
        ("@keyframes turn{to{top:0}}", "@keyframes turn{to{top:0}}"),
        ('.used:before{content:"} .gone{"}', '.used:before{content:"} .gone{"}'),
        ("/*! License */", "/*! License */"),
        ("/* note */", ""),
    ],
)
def test_a_rule_goes_only_if_no_page_can_match_it(rule, left):
    """Rules go with the classes that nobody names; where it is not certain, they stay."""
    assert lean_theme.without_unused(rule, {"used", "w-1", "2"}) == left
