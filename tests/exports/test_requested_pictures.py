"""Pictures that a kernel leaves to the process that runs its notebook."""

import json
import re

import pytest

from tests.exports.test_static_svg import example_chart
from workbook.exports.requested_pictures import PICTURES_VARIABLE, draw_requested, draw_untitled
from workbook.exports.static_svg import to_static_svg


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that takes the specifications of this process."""
    monkeypatch.setenv(PICTURES_VARIABLE, str(tmp_path))
    return tmp_path


def test_a_picture_drawn_later_is_the_picture(folder):
    spec = example_chart().to_dict()
    page = f"<p>before</p>{draw_untitled(spec)}<p>after</p>"
    assert "<svg" not in page
    picture = to_static_svg(spec, titled=False, described=False)
    assert draw_requested(page, folder) == f"<p>before</p>{picture}<p>after</p>"


def test_a_picture_is_drawn_at_once_where_nobody_draws_it_later():
    spec = example_chart().to_dict()
    assert draw_untitled(spec) == to_static_svg(spec, titled=False, described=False)


def test_the_same_chart_is_requested_once_and_others_apart(folder):
    first, again, other = (
        draw_untitled(example_chart(title).to_dict()) for title in ("One", "One", "Other")
    )
    assert first == again != other
    assert len(list(folder.iterdir())) == len({first, other})


def test_a_chart_whose_specification_is_missing_is_an_error(folder):
    mark = draw_untitled(example_chart().to_dict())
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(ValueError, match="is missing"):
        draw_requested(mark, folder)


def test_a_chart_that_cannot_be_drawn_is_an_error(folder):
    mark = draw_untitled({"mark": "unknown"})
    with pytest.raises(ValueError, match="conversion failed"):
        draw_requested(mark, folder)
    key = re.search("[0-9a-f]{64}", mark)[0]
    assert json.loads((folder / key).read_text()) == {"mark": "unknown"}
