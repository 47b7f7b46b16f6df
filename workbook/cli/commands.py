"""The commands, each one's words and what it calls."""

# ruff: noqa: PLC0415  a command imports what it needs when it is called: --help is to be quick

import os
import subprocess
import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated, Final

import typer

from workbook.cli.invalid import request

DEBUG: Final = "--debug"

Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A parameter's value; may be repeated."),
]
ScenarioFile = Annotated[
    Path | None, typer.Option("--scenario", metavar="FILE", help="A scenario file, in TOML.")
]
File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="CSV, XLSX, ODS or Parquet, tidy or as it was published."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def workbook(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=lambda asked: _version(asked=asked))
    ] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show where an error arose.")] = False,
) -> None:
    """Policy questions as notebooks: their scenarios, their answers, quarterly snapshots."""
    del version, debug  # seen to before any command begins


@app.command("list")
def list_(*, json: Json = False) -> None:
    """The topics, with their parameters and indicators."""
    from workbook.cli import printing
    from workbook.topics.register import TOPICS

    with request():
        found = [printing.described(topic) for topic in TOPICS.values()]
    if json:
        printing.as_json(found)
        return
    for topic in found:
        printing.topic(topic)


@app.command("run")
def run(
    topic: Annotated[str, typer.Argument(metavar="TOPIC")],
    *,
    settings: Set = None,
    file: ScenarioFile = None,
    json: Json = False,
) -> None:
    """A topic's model on a scenario, without a notebook."""
    from workbook.cli import asking, printing
    from workbook.exports.record import record

    with request():
        asked = asking.topic(topic)
        scenario = asking.scenario(asked, asking.pairs(settings or []), file)
        tables = asked.load(scenario)
    outcome = asking.outcome(asked, tables, scenario)
    if json:
        printing.as_json(record(asked, outcome))
    else:
        printing.outcome(outcome)


@app.command("check")
def check(
    file: File,
    *,
    table: Annotated[str, typer.Option(metavar="TABLE", help="The table that it is to be.")],
    json: Json = False,
) -> None:
    """Every error and oddity of a table's file, with its row and column."""
    from workbook.cli import asking, importing, printing
    from workbook.importers.reading import read

    with request():
        asked = asking.table(table)
        content = importing.content_of(file)
    report = read(asked, content, file.name)
    if json:
        printing.as_json(report.as_dict())
    else:
        printing.report(report)
    importing.accept(report, file)


@app.command("claims")
def claims(*, json: Json = False) -> None:
    """Every figure that the July 2014 report prints, recomputed where that can be done."""
    from workbook.cli import printing
    from workbook.cli.claiming import checked

    with request():
        found = checked()
    if json:
        printing.as_json([verdict.as_dict() for verdict in found.verdicts])
    else:
        printing.verdicts(found.verdicts)
        printing.lines(printing.placed(*fault) for fault in found.faults)


@app.command("import")
def import_(
    file: File,
    *,
    table: Annotated[str, typer.Option("--as", metavar="TABLE", help="What it is read as.")],
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="Write it, as CSV or Parquet.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Bring it into the table held there.")
    ] = None,
    revise: Annotated[
        str, typer.Option(metavar="REASON", help="Why figures already published change.")
    ] = "",
) -> None:
    """A file as a table of ours: written to a file, or brought into a folder's held table."""
    from workbook.cli import asking, importing, printing
    from workbook.importers.reading import read

    with request():
        asked = asking.table(table)
        if (output is None) == (into is None):
            msg = "say where to: either -o FILE or --into FOLDER"
            raise ValueError(msg)
        content = importing.content_of(file)
    report = read(asked, content, file.name, part=into is not None)
    printing.report(report)
    importing.accept(report, file)
    with request():
        if output:
            typer.echo(importing.write(asked, report, file, content, output))
        elif into:
            found = importing.compare(asked, report, file, content, into)
            printing.lines(found.lines())
            importing.bring(asked, found, file, into, revise)


@app.command("snapshot")
def snapshot(
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="Such as 2014-Q2.")],
    *,
    topics: Annotated[
        list[str] | None,
        typer.Option("--topic", help="A topic; may be repeated. All, if none is named."),
    ] = None,
    settings: Set = None,
    file: ScenarioFile = None,
    store: Annotated[Path, typer.Option(metavar="FOLDER", help="The archive.")] = Path("snapshots"),
) -> None:
    """A quarter's snapshot: each topic's notebook run, checked, written out and sealed.

    With several topics a parameter is TOPIC.NAME=VALUE.
    """
    from workbook.cli import asking
    from workbook.snapshots.request import request as snapshot_request
    from workbook.snapshots.snapshot import snapshot as make

    with request():
        wanted = asking.topics(topics or [])
        scenarios = asking.scenarios(wanted, quarter, asking.pairs(settings or []), file)
        asked = snapshot_request(quarter, scenarios, store)
    typer.echo(f"{make(asked)} is sealed: open its index.html")


@app.command("serve")
def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8866,
    base_url: Annotated[str, typer.Option(help="Path under which all pages are.")] = "/",
) -> None:
    """The home page and every topic, in the browser."""
    from workbook.serving import serve as start

    start(host=host, port=port, base_url=base_url)


@app.command("lab", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """JupyterLab on the notebooks; what else is given goes to JupyterLab."""
    from workbook.resources import folder

    home = f"--ServerApp.root_dir={folder('notebooks')}"
    command = [sys.executable, "-m", "jupyterlab", home, *context.args]
    if os.name == "nt":  # there a replaced process would leave its terminal behind
        raise typer.Exit(subprocess.call(command))  # noqa: S603
    os.execv(sys.executable, command)  # noqa: S606


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"workbook {version_of('policy-workbook')}")
        raise typer.Exit
