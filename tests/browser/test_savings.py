"""The savings page in Chromium: values, services, warnings, errors and keyboard use."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_actions import (
    displayed_values,
    expect_all_open_and_fitting,
    find_field,
    open_page,
    run_command,
    wait_until_ready,
)

pytestmark = pytest.mark.browser

TOPIC = "savings"
SERVICE = "Vehicle tax renewals"
CHARTS = [
    "cash_flow",
    "published",
    "npv_distribution",
    "swing",
    "break_even",
    "global_sensitivity",
    "value_of_information",
    "ways",
]


@pytest.fixture
def savings_page(topic_page: Page) -> Page:
    """The savings page with the published scenario."""
    return topic_page


def fill_parameter(page: Page, parameter: str, text: str) -> None:
    find_field(page, parameter).fill(text)
    wait_until_ready(page)


def values_from_command(**parameters: object) -> dict[str, float]:
    return {
        indicator["name"]: indicator["value"]
        for indicator in run_command(TOPIC, **parameters)["indicators"]
    }


def displayed_numbers(page: Page) -> dict[str, float | None]:
    """Each indicator's value."""
    return {name: float(text) if text else None for name, text in displayed_values(page).items()}


def test_the_page_shows_the_commands_values(savings_page: Page) -> None:
    assert displayed_numbers(savings_page) == pytest.approx(values_from_command())
    expect(savings_page.locator(".wb-headline")).to_contain_text(run_command(TOPIC)["headline"])
    result = savings_page.locator("figure[data-chart]").evaluate_all(
        "all => all.map(f => f.dataset.chart)"
    )
    assert result == CHARTS


def test_a_service_and_a_forecast_change_the_values(savings_page: Page) -> None:
    find_field(savings_page, "service").select_option(SERVICE)
    wait_until_ready(savings_page)
    assert displayed_numbers(savings_page) == pytest.approx(values_from_command(service=SERVICE))
    find_field(savings_page, "curve").select_option("forecast")
    wait_until_ready(savings_page)
    forecast = values_from_command(service=SERVICE, curve="forecast")
    assert displayed_numbers(savings_page) == pytest.approx(forecast)
    headline = run_command(TOPIC, service=SERVICE, curve="forecast")["headline"]
    expect(savings_page.locator(".wb-headline")).to_contain_text(headline)


def test_a_target_below_take_up_now_gives_a_warning(savings_page: Page) -> None:
    fill_parameter(savings_page, "take_up_target", "60")
    field = find_field(savings_page, "take_up_target")
    warning = savings_page.locator("p.wb-field-warning:visible")
    expect(warning).to_contain_text("the saving becomes a loss")
    assert warning.get_attribute("id") in (field.get_attribute("aria-describedby") or "")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(savings_page.locator(".wb-headline")).to_contain_text("Moving people back would cost")
    fill_parameter(savings_page, "take_up_target", "82")
    expect(savings_page.locator("p.wb-field-warning:visible")).to_have_count(0)


def test_shares_that_do_not_add_up_give_one_error(savings_page: Page) -> None:
    before = displayed_numbers(savings_page)
    fill_parameter(savings_page, "phone_share", "50")
    savings_page.keyboard.press("Tab")
    errors = savings_page.locator(".wb-error:visible")
    expect(errors).to_have_count(1)
    expect(errors).to_contain_text("They add up to 70%")
    for name in ("phone_share", "post_share", "face_to_face_share"):
        expect(find_field(savings_page, name)).to_have_attribute("aria-invalid", "true")
    assert displayed_numbers(savings_page) == before
    fill_parameter(savings_page, "post_share", "30")
    expect(errors).to_have_count(0)
    assert displayed_numbers(savings_page) == pytest.approx(
        values_from_command(phone_share=0.5, post_share=0.3)
    )


def test_a_link_opens_the_same_scenario(savings_page: Page, page: Page) -> None:
    fill_parameter(savings_page, "optimism_bias", "200")
    open_page(page, savings_page.url)
    assert displayed_numbers(page) == displayed_numbers(savings_page)


def test_a_page_says_its_limits_and_where_larger_values_work(
    savings_page: Page, page: Page
) -> None:
    limits = {"draws": "100000", "horizon": "60"}
    for name, limit in limits.items():
        expect(find_field(savings_page, name)).to_have_attribute("max", limit)
    address = savings_page.url.partition("?")[0]
    open_page(page, f"{address}?draws=10000000&horizon=125")
    problem = page.get_by_role("alert").filter(has_text="There is a problem with this link")
    expect(problem).to_contain_text("Simulations must be at most 100,000 on a page. Larger values")
    expect(problem).to_contain_text("Appraisal period must be at most 60 years on a page.")
    for name in limits:
        expect(find_field(page, name)).to_have_attribute("aria-invalid", "true")


def test_everything_can_be_done_by_keyboard_alone(savings_page: Page) -> None:
    target = find_field(savings_page, "take_up_target")
    find_field(savings_page, "service").focus()
    savings_page.keyboard.press("Tab")
    expect(target).to_be_focused()
    savings_page.keyboard.press("Control+A")
    savings_page.keyboard.type("90")
    wait_until_ready(savings_page)
    assert displayed_numbers(savings_page) == pytest.approx(values_from_command(take_up_target=0.9))


def test_nothing_scrolls_sideways_with_every_part_open(savings_page: Page) -> None:
    expect_all_open_and_fitting(savings_page)
