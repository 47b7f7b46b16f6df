"""The command that serves the workbook's calls as tools of an assistant."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

from typing import Annotated

import typer

from workbook.cli.application import DEFAULT_STORE, StoreOption, app
from workbook.cli.errors import user_errors


@app.command("mcp")
def serve_assistant(
    *,
    store: StoreOption = DEFAULT_STORE,
    public_url: Annotated[
        str, typer.Option(metavar="URL", help="Address of the home page, for links in answers.")
    ] = "",
) -> None:
    """Serve the topics and the archive to an assistant on this machine, read only.

    It speaks the Model Context Protocol on standard input and output. The assistant starts it.
    """
    from workbook.interface import assistant_server

    with user_errors():
        assistant_server.check_installed()
    from workbook.cli import output
    from workbook.cli.archive_store import read_store
    from workbook.interface.calls import WorkbookCalls
    from workbook.serving.addresses import parse_home_url
    from workbook.topics.registry import TOPIC_ERRORS, TOPICS

    output.print_errors(TOPIC_ERRORS)
    with user_errors():
        home = parse_home_url(public_url) if public_url else ""
    with user_errors(), read_store(store) as archive:
        assistant_server.serve_assistant(WorkbookCalls(TOPICS, archive.folder, home))
