"""Pin a scenario by keyboard and compare later ones with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    wait_until_ready,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def compared(browser: Browser, site: str) -> Iterator[Page]:
    """A page whose published scenario was pinned, and then changed."""
    with watched_page(browser) as (page, check):
        open_page(page, f"{site}/digital_inclusion")
        page.get_by_role("button", name="Pin this scenario to compare").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("This is the pinned scenario.")).to_be_visible()
        find_field(page, "programme_starts").fill("800000")
        wait_until_ready(page)
        yield page
        check()


def test_the_figures_of_both_and_the_difference(compared: Page) -> None:
    region = compared.get_by_role("region", name="Compared with the pinned scenario", exact=True)
    expect(region).to_contain_text("Pinned: Published assumptions")
    row = region.get_by_role("row", name="People without basic digital skills")
    expect(row).to_contain_text("5.4 million")
    expect(row).to_contain_text("4.2 million")
    expect(region.get_by_role("row", name="Programme starts a year")).to_contain_text("300,000")


def test_every_chart_in_view_has_the_pinned_scenario_behind_it(compared: Page) -> None:
    figure = compared.locator("figure[data-chart=path]")
    expect(figure).to_contain_text("Dashed grey: the pinned scenario")
    assert figure.locator('path[stroke="#6F777B"]').count() > 0


def test_it_is_accessible_and_fits(compared: Page) -> None:
    for width in (1280, 320):
        compared.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(compared, width)
    assert accessibility_violations(compared) == []


def test_unpinned_the_page_is_as_before(compared: Page) -> None:
    compared.get_by_role("button", name="Unpin").focus()
    compared.keyboard.press("Enter")
    expect(compared.get_by_role("button", name="Pin this scenario to compare")).to_be_focused()
    figure = compared.locator("figure[data-chart=path]")
    expect(figure).not_to_contain_text("Dashed grey")
    expect(figure.locator('path[stroke="#6F777B"]')).to_have_count(0)
