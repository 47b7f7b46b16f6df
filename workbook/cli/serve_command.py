"""The command that serves the pages."""

# ruff: noqa: PLC0415  a command imports what it needs when it runs, so that --help is quick

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from workbook.cli.application import app
from workbook.cli.errors import user_errors
from workbook.serving.limits import ServerLimits

_LIMITS: Final = ServerLimits()
"""The limits of a server where no option says otherwise."""


@app.command("serve")
def serve_pages(  # noqa: PLR0913  each option of the command is an argument
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8866,
    base_url: Annotated[str, typer.Option(help="Path prefix of all pages.")] = "/",
    public_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of the home page for visitors.")
    ] = None,
    trust_proxy: Annotated[
        str | None,
        typer.Option(
            metavar="HEADER", help="Header that a proxy sets for visitors who are signed in."
        ),
    ] = None,
    no_token: Annotated[
        bool, typer.Option("--no-token", help="Visitors on this machine need no token.")
    ] = False,
    allow_embed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Site that may show views of the pages in a frame. May be repeated.",
        ),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="How visitors reach your team, for the accessibility statement."
        ),
    ] = None,
    queue: Annotated[
        int, typer.Option(min=0, help="Visitors who may wait for a page.")
    ] = _LIMITS.most_waiting,
    browser_wait: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=1, help="Time for a browser to connect to its page."),
    ] = _LIMITS.browser_seconds,
    reconnect_wait: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=1, help="Time for a page whose connection broke to come back."
        ),
    ] = _LIMITS.reconnect_seconds,
    visit_memory: Annotated[
        int,
        typer.Option(metavar="MB", min=0, help="Memory that a visit may use; 0 for no limit."),
    ] = _LIMITS.visit_memory,
    ready_pages: Annotated[
        int, typer.Option(metavar="N", min=0, help="Pages of all topics that are kept ready.")
    ] = _LIMITS.ready_pages,
    templates: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Folder with reference.docx and reference.pptx, whose styles downloads have.",
        ),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Archive of snapshots to show at /archive/ (workbook archive)."
        ),
    ] = None,
    gateway: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Jupyter kernel gateway that runs the pages' kernels."),
    ] = None,
) -> None:
    """Serve the home page and the page of every topic.

    If other machines can reach it, visitors need the token that the printed address has.
    WORKBOOK_TOKEN in the environment sets another.
    """
    from workbook.kernels.shared_start import has_restarted, restart_without_secrets, share_memory
    from workbook.serving.access import choose_access
    from workbook.serving.addresses import check_port_available
    from workbook.serving.archive_handler import check_archive
    from workbook.serving.exporter import read_templates
    from workbook.serving.kernels import filter_environment

    is_first_start = context.obj and gateway is None and not has_restarted()
    drawing_process = None
    if has_restarted():
        from workbook.exports.drawing import start_drawing

        drawing_process = start_drawing(filter_environment(dict(os.environ)))
        from workbook.serving.settings import PAGE_MODULES, SERVER_MODULES

        share_memory(PAGE_MODULES, SERVER_MODULES)
    from workbook.scenario.store.locations import make_team_folder_absolute

    make_team_folder_absolute()
    with user_errors():
        access = choose_access(
            host,
            base_url,
            no_token=no_token,
            proxy_header=trust_proxy,
            public_url=public_url,
            embed_origins=allow_embed or (),
        )
        document_templates = read_templates(templates)
        archive_folder = check_archive(archive)
    check_port_available(host, port)
    if is_first_start:
        restart_without_secrets(filter_environment)
    from workbook.serving.app import run_server as start

    limits = ServerLimits(queue, browser_wait, reconnect_wait, visit_memory, ready_pages)
    start(
        host=host,
        port=port,
        base_url=base_url,
        access=access,
        contact=contact,
        gateway_url=gateway,
        drawing_process=drawing_process,
        limits=limits,
        templates=document_templates,
        archive=archive_folder,
    )
