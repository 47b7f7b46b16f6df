"""Names of scenarios: what people type, and never a path, a script or a megabyte."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.scenario.scenario_names import (
    LONGEST_NAME,
    check_scenario_name,
    file_stem,
    name_key,
)


@pytest.mark.parametrize(
    ("text", "name", "stem"),
    [
        ("Charter delivers", "Charter delivers", "charter-delivers"),
        ("  Charter   delivers ", "Charter delivers", "charter-delivers"),
        ("Start from 46.1%, the average", "Start from 46.1%, the average", None),
        ("Caf\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}", "Café", "cafe"),
        ("数字服务", "数字服务", "scenario"),
        ("Costs +50%", "Costs +50%", "costs-50"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_what_people_type_is_a_name(text, name, stem):
    assert check_scenario_name(text) == name
    assert file_stem(name) == (stem or "start-from-46-1-the-average")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it needs a letter or a digit"),
        ("   ", "it needs a letter or a digit"),
        ("..", "it needs a letter or a digit"),
        ("../../etc/passwd", "it may not contain"),
        ("C:\\Windows", "it may not contain"),
        ("<script>alert(1)</script>", "it may not contain"),
        ("two\nlines", "a character that cannot be seen"),
        ("a\x00b", "a character that cannot be seen"),
        ("\x1b[2Jgone", "a character that cannot be seen"),
        ("zero\N{ZERO WIDTH SPACE}width", "a character that cannot be seen"),
        ("right\N{RIGHT-TO-LEFT OVERRIDE}left", "a character that cannot be seen"),
        ("x" * (LONGEST_NAME + 1), "it has 81 characters, and may have 80"),
        ("x" * 1_000_000, "it has 1,000,000 characters"),
        ("nul", "Windows keeps it for a device"),
        ("COM1", "Windows keeps it for a device"),
        ("Default", "every parameter has its default"),
        ("charter.toml", "is a file's"),
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_what_could_harm_is_no_name(text, reason):
    with pytest.raises(ValueError, match="cannot be the name of a scenario") as caught:
        check_scenario_name(text)
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "other",
    [
        "charter delivers",
        "CHARTER\N{NO-BREAK SPACE}DELIVERS",
        " Charter  delivers",
        "\N{FULLWIDTH LATIN CAPITAL LETTER C}harter delivers",
    ],
)
def test_names_that_look_the_same_are_the_same(other):
    assert name_key(other) == name_key("Charter delivers")


@given(st.text(max_size=LONGEST_NAME))
def test_a_name_is_its_own_name_and_its_file_is_safe_everywhere(text):
    stem = file_stem(text)
    assert stem.strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""
    try:
        name = check_scenario_name(text)
    except ValueError:
        return
    assert name_key(name) == name_key(text)
    assert unicodedata.is_normalized("NFC", name)
