"""Program that serves a few of the topics as ``workbook serve`` does: all of them start slowly.

It prints first the pattern of every route, and whether it is a socket's.

Its arguments are the names joined by commas, a folder with notebooks to serve in place of the
topics' own, which may be empty, and the options of ``workbook serve``.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tornado.routing import PathMatches, Rule
from tornado.websocket import WebSocketHandler

import workbook.topic
from workbook.cli import main
from workbook.resources import NOTEBOOK_MODULES
from workbook.serving import app, settings
from workbook.topics.registry import TOPICS

listen = app.WorkbookApp.listen


def list_routes(rules: list[Rule]) -> Iterator[tuple[str, bool]]:
    """Pattern of each route, and whether it is a socket's."""
    for rule in rules:
        if not isinstance(rule.target, type):
            yield from list_routes(rule.target.rules)
        elif isinstance(rule.matcher, PathMatches):
            yield rule.matcher.regex.pattern, issubclass(rule.target, WebSocketHandler)


def list_and_listen(server: app.WorkbookApp) -> None:
    """Print the routes, and serve."""
    routes = list(list_routes(server.app.default_router.rules))
    print(f"Routes: {json.dumps(routes)}", flush=True)
    listen(server)


if __name__ == "__main__":
    app.WorkbookApp.listen = list_and_listen
    names, folder, *options = sys.argv[1:]
    for name in TOPICS.keys() - set(names.split(",")):
        del TOPICS[name]
    app.PAGE_MODULES = settings.PAGE_MODULES = (
        NOTEBOOK_MODULES  # no scenario is prepared, which takes longest
    )
    if folder:
        workbook.topic.resource_folder = lambda *_: Path(folder)
    sys.argv = ["workbook", "serve", *options]
    main()
