"""The comparison of pictures sees what a reader sees."""

import pytest
from PIL import Image, ImageDraw

from tests.pictures import MOST_CHANGED, changed_share


def save_picture(path, text, size=(1280, 900)):
    """Write a white picture with a line of text, and give its path."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((100, 100), text, fill="black", font_size=20)
    picture.save(path)
    return path


def test_the_same_picture_has_not_changed(tmp_path):
    first, second = (save_picture(tmp_path / name, "Savings") for name in ("a.png", "b.png"))
    assert changed_share(first, second) == 0


@pytest.mark.parametrize("text", ["", "Something else stands here, about as long as a label"])
def test_another_label_is_a_change(tmp_path, text):
    label = "Programme starts a year, and the rest of a headline that a reader sees"
    first, second = save_picture(tmp_path / "a.png", label), save_picture(tmp_path / "b.png", text)
    assert changed_share(first, second) > MOST_CHANGED


def test_another_size_is_a_change(tmp_path):
    first = save_picture(tmp_path / "a.png", "Savings")
    second = save_picture(tmp_path / "b.png", "Savings", size=(1280, 800))
    assert changed_share(first, second) == 1
