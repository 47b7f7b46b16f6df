"""The archive on a real server: its pages, its rules for visitors, and nothing that is hidden."""

import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import pytest

from tests.browser.conftest import browser
from tests.browser.page_actions import accessibility_violations
from tests.browser.server import serve_workbook
from tests.snapshots.site.conftest import write_archive
from workbook.cli import main
from workbook.serving.access import TOKEN_VARIABLE
from workbook.serving.archive_handler import archive_routes, check_archive
from workbook.snapshots.site.archive_site import write_archive_site

__all__ = ["browser"]

TOKEN = "a-token-of-these-tests"

SCRIPT_PAGE = """<!DOCTYPE html><html lang="en"><title>Script</title><p id="result"></p><script>
let cookies; try { cookies = document.cookie } catch { cookies = "refused" }
document.getElementById("result").textContent = `ran, cookies ${cookies}`;
</script></html>"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """An archive with its pages, and with what nobody may read over the network."""
    folder = tmp_path_factory.mktemp("served")
    store = folder / "store"
    write_archive(store)
    write_archive_site(store, {})
    (folder / "secret.txt").write_text("secret")
    (store / ".failed").mkdir()
    (store / ".failed" / "cause.txt").write_text("secret")
    (store / "2014-Q4" / ".hidden").write_text("secret")
    (store / "link.txt").symlink_to(folder / "secret.txt")
    (store / "notes ü #1.html").write_text(SCRIPT_PAGE, encoding="utf-8")
    return store


@pytest.fixture(scope="module")
def address(store):
    """Address of the home page of a server with the archive, under a prefix, with a token."""
    options = [f"--archive={store}", "--base-url=/policy/"]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(TOKEN_VARIABLE, TOKEN)
        with serve_workbook("digital_inclusion", options=options) as printed_address:
            yield f"{printed_address}/"


@pytest.fixture(scope="module")
def fetch():
    """Status, headers and content of an answer to a visitor with the token."""
    opener = urllib.request.build_opener()
    opener.addheaders = [("Authorization", f"Bearer {TOKEN}")]
    return partial(open_address, opener.open)


@pytest.fixture
def page(browser, address):
    """A page of a visitor with the token."""
    visitor_page = browser.new_page()
    visitor_page.goto(f"{address}?token={TOKEN}")
    yield visitor_page
    visitor_page.close()


def open_address(opener, request):
    """Status, headers and content of an answer."""
    try:
        with opener(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.slow
@pytest.mark.browser
class TestServer:
    def test_a_visitor_goes_from_the_home_page_to_a_sealed_page(self, page, address):
        page.get_by_role("link", name="Archive of quarterly snapshots").click()
        page.wait_for_url(f"{address}archive/")
        assert accessibility_violations(page) == []
        page.get_by_role("link", name="Queues", exact=True).first.click()
        page.wait_for_url(f"{address}archive/topics/queues.html")
        assert page.locator("figure svg").count() == 2
        page.goto(f"{address}archive/2014-Q3")
        page.wait_for_url(f"{address}archive/2014-Q3/r2/index.html")

    def test_a_script_of_the_archive_runs_without_the_servers_cookies(self, page, address):
        page.goto(f"{address}archive/notes%20%C3%BC%20%231.html")
        assert page.locator("#result").inner_text() == "ran, cookies refused"

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("", "text/html; charset=UTF-8"),
            ("indicators.csv", "text/csv; charset=UTF-8"),
            ("indicators.json", "application/json"),
            ("feed.atom", "application/atom+xml"),
            ("2014-Q4/r1/manifest.json", "application/json"),
        ],
    )
    def test_files_are_as_they_lie_in_the_folder(self, fetch, address, store, path, kind):
        status, headers, content = fetch(f"{address}archive/{path}")
        assert (status, headers["Content-Type"]) == (200, kind)
        assert content == (store / (path or "index.html")).read_bytes()
        assert "sandbox allow-scripts allow-downloads" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize(
        "path",
        [".failed/cause.txt", "2014-Q4/.hidden", "link.txt", "topics/", "none.html"],
    )
    def test_what_is_hidden_is_not_found(self, fetch, address, path):
        status, headers, content = fetch(f"{address}archive/{path}")
        assert (status, headers["Content-Type"]) == (404, "text/html; charset=UTF-8")
        assert b"Page not found" in content
        assert b"secret" not in content

    @pytest.mark.parametrize(
        "path",
        [
            "..%2fsecret.txt",
            "%2e%2e/secret.txt",
            "2014-Q4/..%2f..%2f..%2fsecret.txt",
            "/etc/passwd",
        ],
    )
    def test_what_lies_elsewhere_is_refused(self, fetch, address, path):
        status, _, content = fetch(f"{address}archive/{path}")
        assert status == 403
        assert b"This request cannot be answered" in content
        assert b"secret" not in content

    @pytest.mark.parametrize("path", ["", "/", "/feed.atom", "/2014-Q4/r1/index.html"])
    def test_a_visitor_without_the_token_is_refused(self, address, path):
        status, _, content = open_address(urllib.request.urlopen, f"{address}archive{path}")
        assert status == 403
        assert b"2014" not in content

    def test_the_archive_is_read_only(self, fetch, address):
        request = urllib.request.Request(f"{address}archive/index.html", b"x", method="PUT")
        status, _, _ = fetch(request)
        assert status in {403, 405}


def test_without_an_archive_there_is_no_address_for_it():
    assert archive_routes(None) == []
    assert check_archive(None) is None


def test_a_folder_without_a_first_page_is_rejected(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--archive={tmp_path}"])
    sentence = f"{tmp_path} has no index.html: write it with workbook archive --store {tmp_path}.\n"
    assert (ended.value.code, capsys.readouterr().err) == (2, sentence)


def test_a_relative_folder_stays_the_same_if_the_server_changes_its_own(tmp_path, monkeypatch):
    (tmp_path / "index.html").touch()
    monkeypatch.chdir(tmp_path)
    assert check_archive(Path()) == tmp_path.resolve()
