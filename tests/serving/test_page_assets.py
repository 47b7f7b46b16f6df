"""The files that the pages load: their addresses, and what is in them."""

import re

import pytest

from workbook.serving import page_assets
from workbook.serving.page_assets import TOPIC_SCRIPT, TOPIC_STYLE, VEGA_SCRIPT, write_assets
from workbook.widgets.widget import WIDGET_FOLDER


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write the files for a Vega, with the print style of this test."""
    folder = tmp_path / "assets"
    folder.mkdir()

    def write_with(vega="vega", print_style="p { color: black; }\n"):
        style = tmp_path / "print.css"
        style.write_text(print_style, encoding="utf-8")
        monkeypatch.setattr(page_assets, "_TOPIC_PRINT_STYLE", style)
        return write_assets(folder, vega)

    return write_with


def test_an_address_has_the_hash_of_its_file(write):
    assets = write()
    for name, address in assets.addresses.items():
        assert re.fullmatch(rf"{name}\?v=[0-9a-f]{{16}}", address)
        assert (assets.folder / name).is_file()
    assert write().addresses == assets.addresses


@pytest.mark.parametrize(
    ("change", "name"),
    [({"vega": "another"}, VEGA_SCRIPT), ({"print_style": "p { color: red; }"}, TOPIC_STYLE)],
)
def test_a_changed_file_has_another_address_and_the_others_keep_theirs(write, change, name):
    before, after = write().addresses, write(**change).addresses
    assert {name for name in before if before[name] != after[name]} == {name}


def test_the_style_of_a_topics_page_is_that_of_all_widgets_and_of_print(write):
    style = (write().folder / TOPIC_STYLE).read_text(encoding="utf-8")
    for path in WIDGET_FOLDER.rglob("*.css"):
        assert style.count(path.read_text(encoding="utf-8")) == 1
    assert "@media print {\np { color: black; }\n}\n" in style


def test_the_script_of_a_topics_page_imports_nothing(write):
    script = (write().folder / TOPIC_SCRIPT).read_text(encoding="utf-8")
    assert not re.search(r"^import\b", script, re.MULTILINE)
