"""The folder of a comparison: complete or absent, and an earlier one is never lost."""

from pathlib import Path

import pytest

from workbook.snapshots.comparison_folder import put_in_place


@pytest.fixture
def staging(tmp_path):
    folder = tmp_path / ".writing-a--b-1"
    folder.mkdir()
    (folder / "changes.json").write_text("new")
    return folder


@pytest.fixture
def earlier(tmp_path):
    folder = tmp_path / "a--b"
    folder.mkdir()
    (folder / "changes.json").write_text("earlier")
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_earlier_comparison_is_replaced(staging, earlier):
    put_in_place(staging, earlier)
    assert names(earlier.parent) == ["a--b"]
    assert (earlier / "changes.json").read_text() == "new"


def test_an_earlier_comparison_is_put_back_if_the_new_one_cannot_be_moved(
    staging, earlier, monkeypatch
):
    def refuse(path, target, rename=Path.rename):
        if path == staging:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="No space left"):
        put_in_place(staging, earlier)
    assert (earlier / "changes.json").read_text() == "earlier"
    assert names(earlier.parent) == sorted([staging.name, "a--b"])
