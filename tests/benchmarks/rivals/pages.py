"""The pages that are compared: how each is served, and where its box and its figure stand."""

import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tests.benchmarks.rivals.environments import FOLDER, ROOT, build_environment
from tests.browser.server import free_port, run_server, serve_workbook, wait_for_answer

WATCH_SCRIPT = FOLDER.joinpath("watch.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class ServedPage:
    """A page that answers.

    Attributes:
        address: Its address.
        port: The port of its server, which stands in the server's command.
    """

    address: str
    port: str


@dataclass(frozen=True)
class ComparedPage:
    """One of the pages.

    Attributes:
        name: Its name in the lines that are printed.
        serve: Serves it until the block ends.
        box: Selector of the number box that a key is pressed in: the programme's starts a year.
        figure: Selector of the figure that the key changes: the people without the skills.
        chart: Selector of what the charts are drawn on, of which the key chart is the first.
        flag: Selector of what says that the page is live; empty for a page that is so when painted.
    """

    name: str
    serve: Callable[[], AbstractContextManager[ServedPage]]
    box: str
    figure: str
    chart: str = ".marks"  # Vega's own name
    flag: str = ""

    @property
    def watch_script(self) -> str:
        """Script that watches the page from its beginning."""
        names = ("box", "figure", "chart", "flag")
        selectors = {name: getattr(self, name) for name in names}
        return WATCH_SCRIPT.replace("PAGE", json.dumps(selectors))


def serve_rival(
    rival: str, arguments: str, path: str = "", answers: str = ""
) -> Callable[[], AbstractContextManager[ServedPage]]:
    """Make the function that serves a rival's page.

    Args:
        rival: Name of its folder and of its module.
        arguments: Arguments of the command; ``APP`` and ``PORT`` stand for the app and the port.
        path: Path of the page.
        answers: Path that answers once the server runs, where asking for the page would cost more.
    """

    @contextlib.contextmanager
    def serve() -> Iterator[ServedPage]:
        port = str(free_port())
        app = next((FOLDER / rival).glob("app.*"))
        values = {"APP": str(app), "PORT": port}
        command = [str(build_environment(rival)), "-m", rival]
        command += [values.get(argument, argument) for argument in arguments.split()]
        environment = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        with run_server(command, f":{port}", environment):
            wait_for_answer(f"http://localhost:{port}/{answers or path}")
            yield ServedPage(f"http://localhost:{port}/{path}", port)

    return serve


@contextlib.contextmanager
def serve_our_page() -> Iterator[ServedPage]:
    """Serve every page of the workbook, as ``workbook serve`` does."""
    with serve_workbook() as site:
        yield ServedPage(f"{site}/digital_inclusion", site.rpartition(":")[2])


WORKBOOK = ComparedPage(
    "the workbook",
    serve_our_page,
    box="input[name=programme_starts]",
    figure=".wb-tile[data-indicator=people_excluded]",
    chart=".wb-plot svg",
    flag="body[data-workbook=ready]",
)
VOILA = ComparedPage(
    "Voilà with its default settings",
    serve_rival("voila", "APP --no-browser --port PORT", answers="voila/static/voila.js"),
    box="input[type=number]",
    figure=".widget-html b",
)
RIVALS = {
    "panel": ComparedPage(
        "Panel",
        serve_rival("panel", "serve APP --port PORT --warm", path="app"),
        box="input",
        figure="li strong",
    ),
    "streamlit": ComparedPage(
        "Streamlit",
        serve_rival(
            "streamlit",
            "run APP --server.port PORT --server.headless true --browser.gatherUsageStats false",
        ),
        box="input[type=number]",
        figure="[data-testid=stMetricValue]",
    ),
    "marimo": ComparedPage(
        "marimo",
        serve_rival("marimo", "run APP --port PORT --headless"),
        box="input",
        figure="marimo-stat",
    ),
    "voila": VOILA,
}
