"""The command's application: its global options, and options that several commands share."""

from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated, Final

import typer

DEBUG: Final = "--debug"

SettingOptions = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter. May be repeated."),
]
ScenarioOption = Annotated[
    str,
    typer.Option(
        "--scenario", metavar="FILE|NAME", help="Scenario file (TOML), or name of a scenario."
    ),
]
FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="CSV, XLSX, ODS, Parquet or JSON: a tidy table or a published file."
    ),
]
HeadingOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="HEADING=COLUMN",
        help="Column that a heading of the file stands for. May be repeated.",
    ),
]
AcceptOption = Annotated[
    bool,
    typer.Option("--accept-readings", help="Use the suggested readings of unclear cells."),
]
SameOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--same",
        metavar="NEW=OLD",
        help="A service that goes on under a new name. May be repeated.",
    ),
]
NewOptions = Annotated[
    list[str] | None,
    typer.Option("--new", metavar="NAME", help="A service that is new, though one like it ended."),
]
StoreOption = Annotated[
    str,
    typer.Option(
        metavar="FOLDER|ADDRESS",
        help="The archive: a folder, or an address such as s3://bucket/snapshots.",
    ),
]
ClusterOption = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help='Address of a Dask scheduler, or "local" for every processor of this machine.',
    ),
]
DEFAULT_STORE = "snapshots"

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
scenario_app = typer.Typer(help="Keep and compare named scenarios.")
app.add_typer(scenario_app, name="scenario")
assurance_app = typer.Typer(help="Record and list checks of a topic's model and data.")
app.add_typer(assurance_app, name="assurance")


@app.callback()
def global_options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=lambda requested: _print_version(requested=requested),
        ),
    ] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show the traceback of an error.")] = False,
) -> None:
    """Run policy models, serve them as pages and make quarterly snapshots."""
    del version, debug  # handled before any command begins


def _print_version(*, requested: bool) -> None:
    if requested:
        typer.echo(f"workbook {version_of('policy-workbook')}")
        raise typer.Exit
