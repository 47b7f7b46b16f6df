"""The README's pictures match the current pages."""

import pytest

from tests.pictures import (
    MOST_CHANGED,
    PAGE_BY_PICTURE,
    PICTURES_FOLDER,
    changed_share,
    take_screenshots,
)


@pytest.fixture(scope="module")
def fresh_pictures(tmp_path_factory):
    """A folder with new pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    take_screenshots(folder)
    return folder


@pytest.mark.parametrize("name", PAGE_BY_PICTURE)
def test_the_picture_matches_the_current_page(fresh_pictures, name):
    share = changed_share(PICTURES_FOLDER / name, fresh_pictures / name)
    if share > MOST_CHANGED:
        pytest.fail(
            f"README's pictures are stale: run make pictures ({share:.1%} of {name} has changed)",
            pytrace=False,
        )
