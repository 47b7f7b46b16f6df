"""The digital inclusion page in Chromium: by keyboard, by link, and after lost connections."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
import websocket
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched_page
from tests.browser.kernel_processes import fork_server_process
from tests.browser.page_actions import (
    displayed_values,
    expect_no_sideways_scrolling,
    find_field,
    kernel_identifier,
    open_page,
    open_preset,
    run_command,
    wait_until_ready,
    wait_until_true,
)
from tests.browser.server import wait_for_answer
from tests.browser.sockets import DELAY_ANSWERS, RELEASE_ANSWERS, SOCKETS
from workbook.serving.security_policy import POLICY_HEADER, SECURITY_HEADERS
from workbook.topics.digital_inclusion import topic

pytestmark = pytest.mark.browser

TOPIC = "digital_inclusion"

FORBIDDEN_ACTIONS = """() => {
  window.stopped = new Set();
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    stopped.add(["blob", "eval"].includes(blockedURI) ? blockedURI : effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "window.hasRun = true";
  document.head.append(script);
  document.body.insertAdjacentHTML("beforeend",
    `<img src="data:," onerror="hasRun = true"><img src="http://127.0.0.1:9/">
     <iframe src="http://127.0.0.1:9/"></iframe><object data="http://127.0.0.1:9/"></object>`);
  try { new WebSocket("ws://127.0.0.1:9/"); } catch { }
  const code = "window.hasRun = true";
  setTimeout(code);
  import(URL.createObjectURL(new Blob([code], { type: "text/javascript" }))).catch(() => {});
}"""
"""What a page must not be able to do, by script, markup or text that becomes a script."""

STARTS_LABEL = topic.Scenario.parameters()["programme_starts"].label
DEFAULT_PEOPLE = 11_000_000 - 6 * (800_000 + 300_000 * 0.7 * 0.8 * 0.75)


@pytest.fixture
def inclusion_page(topic_page: Page) -> Page:
    """The digital inclusion page with the published scenario."""
    return topic_page


def expect_page_shows(page: Page, result: dict[str, Any]) -> None:
    """Expect the result of ``workbook run`` in the tiles shown, headline, chart and table."""
    expect(page.locator(".wb-headline")).to_have_text(result["headline"])
    values = {
        name: float(value) if value else None for name, value in displayed_values(page).items()
    }
    computed = {indicator["name"]: indicator["value"] for indicator in result["indicators"]}
    assert values == {name: computed[name] for name in values}
    assert set(topic.key_indicators) <= values.keys()
    figure = page.locator("figure[data-chart=path]")
    expected = next(
        indicator for indicator in result["indicators"] if indicator["name"] == "people_excluded"
    )
    in_words = f"{expected['value'] / 1e6:.1f}"
    expect(figure.locator("svg")).to_contain_text(f"Scenario{in_words} million")
    last_row = figure.locator("tbody tr").last
    expect(last_row).to_contain_text(f"{expected['value']:,.0f}")


def test_the_page_opens_with_the_figures_of_the_command(inclusion_page: Page) -> None:
    assert float(displayed_values(inclusion_page)["people_excluded"]) == pytest.approx(
        DEFAULT_PEOPLE
    )
    expect_page_shows(inclusion_page, run_command(TOPIC))


def expect_structure(page: Page) -> None:
    """Expect a language, one heading of level 1, landmarks and a skip link that comes first."""
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^en"))
    expect(page.locator("h1")).to_have_count(1)
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    for name in ("Topics", "Contents"):
        expect(page.get_by_role("navigation", name=name)).to_have_count(1)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_parameter_changed_by_keyboard_updates_every_view(page: Page, site: str) -> None:
    open_page(page, f"{site}/digital_inclusion")
    expect_structure(page)
    for _ in range(200):
        page.keyboard.press("Tab")
        if find_field(page, "programme_starts").evaluate("box => box === document.activeElement"):
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("800000")
    expect(page.locator("[data-indicator=people_excluded]")).not_to_have_attribute(
        "data-value", str(DEFAULT_PEOPLE)
    )
    wait_until_ready(page)
    expect_page_shows(page, run_command(TOPIC, programme_starts=800_000))
    expect(page).to_have_url(f"{site}/digital_inclusion?programme_starts=800000#main")
    label = topic.Scenario.parameters()["programme_starts"].label
    expect(page.get_by_role("button", name=f"Put back {label}: 300,000").first).to_be_visible()


def test_a_slider_moves_with_the_arrow_keys(inclusion_page: Page) -> None:
    slider = inclusion_page.get_by_role("slider", name=STARTS_LABEL)
    slider.focus()
    before = int(find_field(inclusion_page, "programme_starts").input_value())
    inclusion_page.keyboard.press("ArrowRight")
    wait_until_ready(inclusion_page)
    after = int(find_field(inclusion_page, "programme_starts").input_value())
    assert after > before
    assert float(displayed_values(inclusion_page)["people_excluded"]) < DEFAULT_PEOPLE
    assert slider.get_attribute("aria-valuetext") == f"{after:,} people"


def test_a_share_is_typed_as_a_percentage(inclusion_page: Page) -> None:
    expect(find_field(inclusion_page, "reduction_target")).to_have_value("25")
    find_field(inclusion_page, "reduction_target").fill("30.5")
    expect(inclusion_page.locator("[data-indicator=target_people]")).to_have_attribute(
        "data-value", re.compile(r"^3692")
    )
    wait_until_ready(inclusion_page)
    expect_page_shows(inclusion_page, run_command(TOPIC, reduction_target=0.305))
    assert inclusion_page.url.endswith("?reduction_target=0.305")


def test_a_link_opens_its_scenario_and_never_shows_the_default(page: Page, site: str) -> None:
    result = run_command(TOPIC, programme_starts=0, reduction_target=0.3)
    page.add_init_script(
        """window.seen = new Set(); new MutationObserver(() => {
            for (const tile of document.querySelectorAll("[data-indicator=people_excluded]"))
                if (tile.checkVisibility({visibilityProperty: true})) seen.add(tile.dataset.value);
        }).observe(document, {subtree: true, childList: true, attributes: true});"""
    )
    open_page(page, f"{site}/digital_inclusion?programme_starts=0&reduction_target=0.3")
    expect_page_shows(page, result)
    expect(find_field(page, "programme_starts")).to_have_value("0")
    people = next(i["value"] for i in result["indicators"] if i["name"] == "people_excluded")
    assert page.evaluate("[...seen].map(Number)") == [people]
    page.reload()
    wait_until_ready(page)
    expect_page_shows(page, result)


def test_a_link_with_only_a_newsletter_s_names_shows_the_default_at_once(
    page: Page, site: str
) -> None:
    response = page.goto(f"{site}/digital_inclusion?utm_source=a&fbclid=x")
    assert response is not None
    assert 'data-requested="no"' in response.text()
    wait_until_ready(page)
    expect_page_shows(page, run_command(TOPIC))
    expect(page).to_have_url(f"{site}/digital_inclusion")


def expect_no_figures(page: Page, *sentences: str) -> None:
    """Expect the reasons why a link is invalid, and no figures."""
    problem = page.get_by_role("alert").filter(has_text="There is a problem with this link")
    for sentence in sentences:
        expect(problem).to_contain_text(sentence)
    expect(page.locator("[data-indicator]:visible")).to_have_count(0)
    expect(page.locator("figure:visible")).to_have_count(0)


def test_a_link_with_an_unknown_name_shows_no_figures(page: Page, site: str) -> None:
    script = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    open_page(page, f"{site}/digital_inclusion?programme_start=1&{script}=1")
    expect_no_figures(
        page,
        'Unknown parameter "programme_start". Did you mean "programme_starts"?',
        'Unknown parameter "<script>alert(1)</script>".',
    )


def test_an_invalid_link_gives_the_reasons_and_leads_to_the_published_assumptions(
    page: Page, site: str
) -> None:
    script = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    open_page(page, f"{site}/digital_inclusion?programme_starts=12000000&quarter={script}")
    expect_no_figures(
        page,
        f"{STARTS_LABEL} must be a whole number from 0 to 10,000,000.",
        "Quarter must be a year",
    )
    page.get_by_role("link", name="Open the published assumptions instead").click()
    expect(page.locator("[data-indicator]:visible").first).to_be_visible()
    wait_until_ready(page)
    expect_page_shows(page, run_command(TOPIC))


def test_an_invalid_value_of_a_link_can_be_corrected_in_its_field(page: Page, site: str) -> None:
    open_page(page, f"{site}/digital_inclusion?programme_starts=12000000&reduction_target=0.3")
    expect(find_field(page, "programme_starts")).to_have_value("12000000")
    expect(find_field(page, "programme_starts")).to_have_attribute("aria-invalid", "true")
    find_field(page, "programme_starts").fill("500000")
    expect(page.locator("[data-indicator]:visible").first).to_be_visible()
    wait_until_ready(page)
    expect_page_shows(page, run_command(TOPIC, programme_starts=500_000, reduction_target=0.3))


@pytest.mark.parametrize(
    ("parameter", "typed", "sentence"),
    [
        ("programme_starts", "12000000", "must be a whole number from 0 to 10,000,000"),
        ("programme_starts", "", "must be a whole number from 0 to 10,000,000"),
        ("programme_starts", "1.5", "must be a whole number from 0 to 10,000,000"),
        ("dropout", "130", "must be between 0% and 100%"),
        ("target_year", "2010", "must be from 2015 to 2064"),
        ("quarter", "2014Q2", "must be a year from 1900 to 2199 and a quarter, such as 2014-Q2"),
    ],
)
def test_an_invalid_value_is_rejected_beside_its_field(
    inclusion_page: Page, site: str, parameter: str, typed: str, sentence: str
) -> None:
    field = find_field(inclusion_page, parameter)
    field.fill(typed)
    expect(field).to_have_attribute("aria-invalid", "true")
    described = str(field.get_attribute("aria-describedby")).split()
    error = inclusion_page.locator(f"#{described[-1]}")
    expect(error).to_be_visible()
    expect(error).to_contain_text(sentence)
    wait_until_ready(inclusion_page)
    assert float(displayed_values(inclusion_page)["people_excluded"]) == pytest.approx(
        DEFAULT_PEOPLE
    )
    assert inclusion_page.url == f"{site}/digital_inclusion"


def test_the_first_digits_of_a_rejected_text_are_not_applied(
    inclusion_page: Page, site: str
) -> None:
    # The page's clock stops while the digits are typed, so that a slow machine makes no pause.
    inclusion_page.evaluate("window.going = performance.now; void (performance.now = () => 1)")
    find_field(inclusion_page, "dropout").focus()
    inclusion_page.keyboard.press("Control+a")
    for digit in "150":
        inclusion_page.keyboard.press(digit)
        wait_until_ready(inclusion_page)
    inclusion_page.evaluate("void (performance.now = window.going)")
    inclusion_page.keyboard.press("Tab")
    expect(find_field(inclusion_page, "dropout")).to_have_attribute("aria-invalid", "true")
    assert inclusion_page.url == f"{site}/digital_inclusion"
    expect_page_shows(inclusion_page, run_command(TOPIC))


def test_a_rejected_value_does_not_block_another_field(inclusion_page: Page) -> None:
    find_field(inclusion_page, "dropout").fill("130")
    find_field(inclusion_page, "programme_starts").fill("0")
    expect(inclusion_page.locator("[data-indicator=people_excluded]")).to_have_attribute(
        "data-value", "6200000.0"
    )
    expect(find_field(inclusion_page, "dropout")).to_have_attribute("aria-invalid", "true")
    inclusion_page.get_by_role("button", name="Reset to published").click()
    expect(find_field(inclusion_page, "dropout")).not_to_have_attribute("aria-invalid", "true")
    wait_until_ready(inclusion_page)
    expect_page_shows(inclusion_page, run_command(TOPIC))


def test_a_choice_opens_a_published_scenario(inclusion_page: Page, site: str) -> None:
    open_preset(inclusion_page, "Charter delivers")
    expect(find_field(inclusion_page, "programme_starts")).to_have_value("800000")
    expect(inclusion_page).to_have_url(f"{site}/digital_inclusion?programme_starts=800000")
    wait_until_ready(inclusion_page)
    expect_page_shows(inclusion_page, run_command(TOPIC, programme_starts=800_000))


def test_a_change_replaces_only_the_data_of_the_charts(inclusion_page: Page) -> None:
    expect(inclusion_page.locator("figure svg")).to_have_count(5)  # in idle time, off the screen
    drawings = inclusion_page.locator("figure svg").element_handles()
    find_field(inclusion_page, "programme_starts").fill("0")
    expect(inclusion_page.locator("figure[data-chart=path]")).to_contain_text("Scenario6.2 million")
    wait_until_ready(inclusion_page)
    assert all(svg.evaluate("svg => svg.isConnected") for svg in drawings)


def test_a_chart_can_be_read_by_keyboard_and_has_a_description_and_a_table(
    inclusion_page: Page,
) -> None:
    figure = inclusion_page.locator("figure[data-chart=path]")
    chart = figure.get_by_role("group", name="Chart")
    chart.focus()
    expect(figure.locator("svg")).to_be_visible()
    inclusion_page.keyboard.press("ArrowRight")
    expect(figure.get_by_role("status")).to_contain_text("Year: 2014")
    inclusion_page.keyboard.press("ArrowRight")
    expect(figure.get_by_role("status")).to_contain_text(
        "People without basic digital skills: 10,074,000"
    )
    figure.get_by_text("Data and description").click()
    description = figure.get_by_text("11.0 million in 2014 would become 5.4 million")
    expect(description).to_be_visible()
    expect(figure.get_by_role("table")).to_contain_text("8,250,000")
    figure.get_by_text("Data and description").click()


@pytest.mark.parametrize(
    ("label", "kind", "begins"),
    [
        ("Download image (SVG)", "svg", b"<svg"),
        ("Download image (PNG)", "png", b"\x89PNG"),
        ("Download data (CSV)", "csv", b"year,"),
    ],
)
def test_a_chart_can_be_downloaded(
    inclusion_page: Page, label: str, kind: str, begins: bytes
) -> None:
    figure = inclusion_page.locator("figure[data-chart=path]")
    figure.get_by_text("Data and description").click()
    with inclusion_page.expect_download() as download:
        figure.get_by_role("button", name=label).click()
    figure.get_by_text("Data and description").click()
    assert download.value.suggested_filename == f"path.{kind}"
    content = download.value.path().read_bytes()
    assert content.startswith(begins)
    if kind != "png":
        assert (b"The path reaches 5.4 million" if kind == "svg" else b"2020,5444000") in content


def test_a_small_screen_does_not_scroll_sideways(inclusion_page: Page) -> None:
    for width in (768, 320):
        inclusion_page.set_viewport_size({"width": width, "height": 800})
        expect_no_sideways_scrolling(inclusion_page, width)


def test_print_shows_charts_and_figures_without_controls(inclusion_page: Page) -> None:
    inclusion_page.emulate_media(media="print")
    expect(inclusion_page.locator("figure[data-chart=path] svg")).to_be_visible()
    expect(inclusion_page.locator("[data-indicator=people_excluded]")).to_be_visible()
    expect(inclusion_page.get_by_role("button", name="Copy link")).not_to_be_visible()
    expect(inclusion_page.locator("input[type=range]:visible")).to_have_count(0)


def test_edits_made_before_an_answer_arrives_are_kept(page: Page, site: str) -> None:
    page.add_init_script(SOCKETS.replace("DELAY", "300"))
    open_page(page, f"{site}/digital_inclusion")
    find_field(page, "programme_starts").fill("800000")
    find_field(page, "unit_cost").fill("80")
    find_field(page, "dropout").fill("20")
    wait_until_ready(page)
    expect_page_shows(page, run_command(TOPIC, programme_starts=800_000, unit_cost=80, dropout=0.2))
    expect(find_field(page, "programme_starts")).to_have_value("800000")


def test_the_page_reconnects_and_loses_no_edits(browser: Browser, site: str) -> None:
    with watched_page(browser) as (page, _):  # a broken connection is an error in the console
        page.add_init_script(SOCKETS.replace("DELAY", "0"))
        open_page(page, f"{site}/digital_inclusion")
        page.evaluate("sockets.at(-1).close()")
        expect(page.locator("body[data-workbook=reconnecting]")).to_be_attached()
        find_field(page, "programme_starts").fill("800000")
        expect(page.locator("[data-indicator=people_excluded]")).to_have_attribute(
            "data-value", "4184000.0"
        )
        wait_until_ready(page)
        page.evaluate("sockets.at(-1).close()")
        expect(page.locator("body[data-workbook=reconnecting]")).to_be_attached()
        wait_until_ready(page)
        find_field(page, "dropout").fill("20")
        expect(page).to_have_url(re.compile("dropout=0.2"))
        wait_until_ready(page)
        expect_page_shows(page, run_command(TOPIC, programme_starts=800_000, dropout=0.2))


def test_a_failed_first_connection_is_repeated_and_shows_no_default(
    browser: Browser, site: str
) -> None:
    with watched_page(browser) as (page, _):
        page.add_init_script(SOCKETS.replace("DELAY", "0").replace("broken = 0", "broken = 1"))
        page.goto(f"{site}/digital_inclusion?programme_starts=0")
        wait_until_true(page, "sockets.length > 0")
        other_headline = page.locator(".wb-headline:visible").filter(has_not_text="6.2 million")
        expect(other_headline).to_have_count(0)
        wait_until_ready(page)
        expect_page_shows(page, run_command(TOPIC, programme_starts=0))


def test_closing_a_page_ends_its_kernel(page: Page, site: str) -> None:
    open_page(page, f"{site}/digital_inclusion?programme_starts=0")
    kernel = kernel_identifier(page)
    other = page.context.new_page()
    assert other.request.get(f"{site}/api/kernels/{kernel}").status == 200
    page.close(run_before_unload=True)
    deadline = time.monotonic() + 60
    while other.request.get(f"{site}/api/kernels/{kernel}").status != 404:
        assert time.monotonic() < deadline, "the kernel does not end"
        time.sleep(0.1)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
def test_the_fork_server_of_the_pages_has_one_thread(inclusion_page: Page, site: str) -> None:
    process = fork_server_process(site.rpartition(":")[2])
    assert len(list((process / "task").iterdir())) == 1


def test_a_missing_page_is_reported_in_plain_english(page: Page, site: str) -> None:
    for path in (
        "nothing",
        "digital_inclusion.ipynb",
        "../pyproject.toml",
        "voila/tree",
        "api/kernels",
    ):
        answer = page.request.get(f"{site}/{path}")
        assert answer.status in {403, 404}, path
        assert "Traceback" not in answer.text()
    assert "Page not found" in page.request.get(f"{site}/nothing").text()


@pytest.mark.parametrize(
    "path",
    [
        *("", "digital_inclusion", "static/topic_page.js", "static/vega.js", "static/none.js"),
        *("health", "metrics", "nothing", "digital_inclusion/summary.pdf?colour=red"),
        *("digital_inclusion/charts/none.svg", "api/kernels/00000000-0000-0000-0000-000000000000"),
    ],
)
def test_every_response_has_the_security_headers(page: Page, site: str, path: str) -> None:
    headers = page.request.get(f"{site}/{path}").headers
    policy = {
        name: sources
        for name, _, sources in (
            directive.strip().partition(" ")
            for directive in headers["content-security-policy"].split(";")
        )
    }
    is_data = path.startswith("api/")
    assert policy["default-src"] == ("'none'" if is_data else "'self'")
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    for name, value in SECURITY_HEADERS.items():
        assert headers[name.lower()] == value or (is_data and name == POLICY_HEADER)


def test_a_page_loads_a_style_and_two_scripts_that_browsers_keep(page: Page, site: str) -> None:
    loaded: dict[str, str] = {}
    page.on(
        "response",
        lambda response: loaded.update({response.url: response.headers.get("cache-control", "")}),
    )
    open_page(page, f"{site}/{TOPIC}")
    page.locator("figure svg").first.wait_for(state="attached")
    kept = {url for url, caching in loaded.items() if "immutable" in caching}
    names = [url.removeprefix(f"{site}/static/").partition("?v=")[0] for url in kept]
    assert sorted(names) == ["topic_page.css", "topic_page.js", "vega.js"]
    assert loaded.keys() - kept == {f"{site}/{TOPIC}"}
    [script] = (url for url in kept if "topic_page.js" in url)
    for other in (script.partition("?")[0], f"{script}0"):
        assert page.request.get(other).headers["cache-control"] == "no-cache"


def test_a_page_is_rendered_from_its_own_states_and_ready_once_the_kernel_answers(
    page: Page, site: str
) -> None:
    page.add_init_script(DELAY_ANSWERS.replace("held = null", "held = []"))
    frames: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: frames.append(str(frame))),
    )
    page.goto(f"{site}/{TOPIC}")
    expect(page.locator(".wb-plot[data-render-count] svg").first).to_be_attached()
    wait_until_true(page, "held.length > 0")
    assert page.locator("body").get_attribute("data-workbook") == "starting"
    page.evaluate(RELEASE_ANSWERS)
    wait_until_ready(page)
    assert not [frame for frame in frames if "request_states" in frame]


def test_no_text_becomes_a_script_and_nothing_elsewhere_is_asked_for(
    browser: Browser, site: str
) -> None:
    with watched_page(browser) as (page, _):  # what the policy stops is an error in the console
        page.goto(f"{site}/")
        page.evaluate(FORBIDDEN_ACTIONS)
        wait_until_true(page, "stopped.size === 8")
        assert sorted(page.evaluate("[...stopped]")) == [
            *("blob", "connect-src", "eval", "frame-src", "img-src", "object-src"),
            *("script-src-attr", "script-src-elem"),
        ]
        assert not page.evaluate("window.hasRun")


def test_voila_options_in_a_link_are_ignored(page: Page, site: str) -> None:
    requested = "theme=%3Cscript%3Ealert(1)%3C/script%3E&template=none"
    answer = page.request.get(f"{site}/digital_inclusion?{requested}")
    assert answer.status == 200
    assert "alert(1)" not in answer.text()
    assert 'id="workbook-page"' in answer.text()


def test_a_page_of_another_origin_cannot_connect_to_a_kernel(
    inclusion_page: Page, site: str
) -> None:
    address = f"{site}/api/kernels/{kernel_identifier(inclusion_page)}/channels".replace(
        "http", "ws", 1
    )
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(address, origin="http://elsewhere.example")
    assert refused.value.status_code == 403
    websocket.create_connection(address, origin=site).close()


def test_a_page_at_a_name_that_is_not_ours_is_refused(page: Page, site: str) -> None:
    """Another site may give its name our address: its pages would count as ours."""
    port = site.rpartition(":")[2]
    for path in ("", "digital_inclusion", "metrics", "static/vega.js", "digital_inclusion?view=a"):
        answer = page.request.get(f"{site}/{path}", headers={"Host": f"a.example:{port}"})
        assert answer.status == 403, path
        assert "This page cannot be opened at this address" in answer.text()
    assert page.request.get(f"{site}/", headers={"Host": f"localhost:{port}"}).status == 200


def test_the_health_check_answers(page: Page, site: str) -> None:
    wait_for_answer(f"{site}/health")
    assert page.request.get(f"{site}/health").text() == "ok"
