"""The life of a session in Chromium: reconnecting, offline, lost, and a slow server."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import VIEWPORT, watched_page
from tests.browser.page_actions import (
    accessibility_violations,
    end_kernel,
    expect_no_sideways_scrolling,
    find_field,
    open_page,
    wait_until_ready,
    wait_until_true,
)
from tests.browser.sockets import (
    AWAIT_REQUESTS,
    DELAY_ANSWERS,
    KEEP_REQUESTS,
    RELEASE_ANSWERS,
    SOCKETS,
)

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"
QUERY = "programme_starts=0"
LINK_PEOPLE, CHANGED_PEOPLE = "6200000.0", "4184000.0"
"""People excluded without starts, as in the link, and with 800,000 of them."""

NARROW = 320
BEFORE_CHANGE = "These figures are from before your last change."
IMPATIENT = 30
"""Seconds of silence after which a server counts as gone."""


@pytest.fixture(scope="module")
def session_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that opened a link. Its connection is broken, which is an error in the console."""
    with watched_page(browser) as (page, _):
        yield open_page(page, f"{site}/{TOPIC}?{QUERY}")


def alert_bar(page: Page) -> Locator:
    """The bar of a page whose connection is lost."""
    return page.locator(".wb-bar").get_by_role("alert")


def status_bar(page: Page) -> Locator:
    """The bar of a page that reconnects."""
    return page.locator(".wb-bar").get_by_role("status")


def old_figures(page: Page) -> Locator:
    """The words above the answer that say that it is an old one."""
    return page.locator(".wb-old-figures")


def expect_people(page: Page, people: str) -> None:
    """Expect this number of people in the indicator."""
    tile = page.locator("[data-indicator=people_excluded]").first
    expect(tile).to_have_attribute("data-value", people)


def expect_state(page: Page, state: str) -> None:
    """Expect the state in which the page says that it is."""
    expect(page.locator(f"body[data-workbook={state}]")).to_be_attached()


def expect_no_bar(page: Page) -> None:
    """Expect a page that is connected, with nothing said of its connection."""
    wait_until_ready(page)
    expect(page.locator(".wb-bar")).to_have_text("")
    assert page.locator(".wb-bar").evaluate("bar => bar.offsetHeight") == 0
    expect(old_figures(page)).to_be_hidden()


def expect_bar_beside_nothing(page: Page) -> None:
    """Expect the bar at the top of the window, over no field in use and on no sheet of paper."""
    for viewport in (VIEWPORT, {"width": NARROW, "height": 700}):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]  # a dictionary's own type
        expect_no_sideways_scrolling(page, viewport["width"])
        assert page.locator(".wb-bar").bounding_box()["y"] == 0  # type: ignore[index]
    page.emulate_media(media="print")
    expect(page.locator(".wb-bar")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size(VIEWPORT)


def wait_in_silence(page: Page, seconds: int) -> None:
    """Let the page's clock run. After each second the page has the answers to its requests.

    Without that, a minute of the page's clock is over before a busy server has answered once.
    """
    for _ in range(seconds):
        page.clock.run_for(1000)
        page.evaluate(AWAIT_REQUESTS)


def test_a_lost_page_says_so_wherever_the_reader_is(session_page: Page, site: str) -> None:
    page = session_page
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    link = page.get_by_role("link", name="Back to top").last
    link.focus()
    assert end_kernel(page, site).status == 204
    expect_state(page, "lost")
    expect(alert_bar(page)).to_contain_text("Connection lost")
    expect(alert_bar(page)).to_be_in_viewport(ratio=1)
    expect(link).to_be_focused()
    for field in page.locator(".wb-form :is(input, select, button)").all():
        expect(field).to_be_disabled()
    expect(old_figures(page)).to_have_text("These figures are those of the last answer.")
    expect_people(page, LINK_PEOPLE)
    expect_bar_beside_nothing(page)


def test_reload_opens_the_scenario_of_a_lost_page_again(session_page: Page) -> None:
    alert_bar(session_page).get_by_role("button", name="Reload").click()
    expect_no_bar(session_page)
    expect_people(session_page, LINK_PEOPLE)
    expect(find_field(session_page, "programme_starts")).to_be_enabled()
    expect(find_field(session_page, "programme_starts")).to_have_value("0")


def test_reload_waits_for_a_server_that_does_not_answer(session_page: Page, site: str) -> None:
    page = session_page
    end_kernel(page, site)
    expect_state(page, "lost")
    page.route("**/health", lambda route: route.fulfill(status=502, content_type="text/html"))
    alert_bar(page).get_by_role("button", name="Reload").click()
    expect(status_bar(page)).to_have_text(
        "The server does not answer yet. The page reloads as soon as it does."
    )
    expect(alert_bar(page)).to_contain_text("Connection lost")
    page.unroute("**/health")
    expect_no_bar(page)
    expect_people(page, LINK_PEOPLE)


def test_figures_from_before_an_edit_are_marked_while_offline(session_page: Page) -> None:
    page = session_page
    page.context.set_offline(True)
    expect_state(page, "reconnecting")
    expect(status_bar(page)).to_have_text("Reconnecting…")
    expect(old_figures(page)).to_be_hidden()
    find_field(page, "programme_starts").fill("800000")
    expect(old_figures(page)).to_have_text(BEFORE_CHANGE)
    expect(status_bar(page)).to_have_text(
        "Reconnecting… The figures are from before your last change."
    )
    expect(page.locator(".wb-calculating")).to_be_hidden()
    expect(page.locator(".wb-headline")).to_have_css("outline-style", "dashed")
    expect_people(page, LINK_PEOPLE)
    assert accessibility_violations(page) == []
    expect_bar_beside_nothing(page)
    page.context.set_offline(False)
    expect_people(page, CHANGED_PEOPLE)
    expect_no_bar(page)
    expect(page).to_have_url(re.compile("programme_starts=800000$"))


def test_a_field_in_use_is_not_behind_the_bar(session_page: Page) -> None:
    page = session_page
    page.set_viewport_size({"width": NARROW, "height": 400})
    page.context.set_offline(True)
    expect(status_bar(page)).to_have_text("Reconnecting…")
    wait_until_true(
        page, "parseFloat(document.documentElement.style.getPropertyValue('--wb-bar-height')) > 0"
    )
    field = find_field(page, "programme_starts")
    field.blur()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    field.focus()
    bar = page.locator(".wb-bar").bounding_box()
    box = field.bounding_box()
    assert bar is not None
    assert box is not None
    assert box["y"] >= bar["height"]
    page.context.set_offline(False)
    page.set_viewport_size(VIEWPORT)
    expect_no_bar(page)


def test_a_change_without_an_answer_is_said_to_be_lost(session_page: Page, site: str) -> None:
    page = session_page
    page.context.set_offline(True)
    expect_state(page, "reconnecting")
    find_field(page, "programme_starts").fill("100000")
    end_kernel(page, site)
    page.context.set_offline(False)
    expect(alert_bar(page)).to_contain_text("Your last change was not calculated")
    expect(old_figures(page)).to_have_text(BEFORE_CHANGE)
    expect(find_field(page, "programme_starts")).to_have_value("100000")
    alert_bar(page).get_by_role("button", name="Reload").click()
    expect_no_bar(page)
    expect_people(page, CHANGED_PEOPLE)


def test_a_slow_start_is_not_taken_for_a_lost_connection(page: Page, site: str) -> None:
    page.clock.install()
    page.add_init_script(KEEP_REQUESTS)
    page.add_init_script(DELAY_ANSWERS.replace("held = null", "held = []"))
    page.goto(f"{site}/{TOPIC}?{QUERY}")
    wait_until_true(page, "held.length > 0")
    wait_in_silence(page, 2 * IMPATIENT)
    expect_state(page, "starting")
    page.evaluate(RELEASE_ANSWERS)
    expect_no_bar(page)
    expect_people(page, LINK_PEOPLE)


def test_a_server_that_stays_silent_is_lost(browser: Browser, site: str) -> None:
    with watched_page(browser) as (page, _):
        page.clock.install()
        page.add_init_script(KEEP_REQUESTS)
        page.add_init_script(SOCKETS.replace("DELAY", "0"))
        open_page(page, f"{site}/{TOPIC}")
        page.route("**/api/kernels/*", lambda route: route.abort())
        page.evaluate("sockets.at(-1).close()")
        wait_in_silence(page, IMPATIENT - 5)
        expect_state(page, "reconnecting")
        wait_in_silence(page, 10)
        expect_state(page, "lost")
        expect(alert_bar(page)).to_be_in_viewport()


def test_a_kernel_that_was_restarted_is_lost_at_once(browser: Browser, site: str) -> None:
    def forget_widgets(socket: WebSocketRoute) -> None:
        """Answer as a restarted kernel does, which has no widgets."""
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            answer = json.loads(message)
            if "comms" in answer["content"]:
                answer["content"]["comms"] = {}
            socket.send(json.dumps(answer))

        server.on_message(pass_on)

    with watched_page(browser) as (page, _):  # the lost kernel is an error in the console
        page.route_web_socket(re.compile("/channels"), forget_widgets)
        page.goto(f"{site}/{TOPIC}?{QUERY}")
        expect(alert_bar(page)).to_contain_text("Connection lost")
