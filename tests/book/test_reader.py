"""What every page loads for its reader."""

from course_reader import stamp_modules


def test_scripts_ask_for_the_others_of_their_own_edition(tmp_path):
    """Every import names the edition, once, however often a site is built; another edition has another name."""
    (tmp_path / "index.js").write_text(
        'import { a } from "./store.js";\nimport x from "https://example.org/x.js";\n'
    )
    (tmp_path / "store.js").write_text("export const a = 1;\n")
    stamp_modules(tmp_path)
    first = (tmp_path / "index.js").read_text()
    assert first.count('from "./store.js?v=') == 1 and '"https://example.org/x.js"' in first
    stamp_modules(tmp_path)
    assert (tmp_path / "index.js").read_text() == first
    (tmp_path / "store.js").write_text("export const a = 2;\n")
    stamp_modules(tmp_path)
    assert (tmp_path / "index.js").read_text() != first
