"""Write a small working topic for ``new-topic``, as a starting point.

In a checkout the topic is added to the bundled ones, with its tests and golden scenarios. In any
other folder it becomes an installable package, which the workbook finds once it is installed.
"""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workbook.cli.new_files import NewFiles
from workbook.cli.topic_names import TopicNames, check_topic_name
from workbook.exports.datapackage import build_datapackage
from workbook.resources import OUR_PACKAGE, PACKAGE
from workbook.tables import DATA_PACKAGE_FILE
from workbook.topic import Topic
from workbook.topics.registry import bundled_offers, collect_topics

_TEMPLATES = Path(__file__).parent / "topic_template"
_SUFFIX = ".jinja"
_PUBLISHED_SCENARIO = "more-are-helped"


def write_bundled_topic(name: str) -> list[Path]:
    """Write a topic into the checkout, with its tests, golden scenarios and recorded checksum.

    Args:
        name: Name of the topic.

    Returns:
        The new folders and files.

    Raises:
        ValueError: The name is not allowed, or there is no checkout. Nothing is written.
    """
    check_topic_name(name)
    checkout = PACKAGE.parent
    if not (checkout / "pyproject.toml").is_file() or not (checkout / "tests").is_dir():
        msg = (
            "The workbook is installed without its project. Give a folder for the new topic:"
            f" workbook new-topic {name} FOLDER"
        )
        raise ValueError(msg)
    names = TopicNames(name, f"{OUR_PACKAGE}.topics.{name}")
    data, golden = checkout / "data", checkout / "tests" / "golden"
    targets = {
        checkout / OUR_PACKAGE / "topics" / name: "topic",
        checkout / "tests" / "topics" / name: "tests",
        checkout / "notebooks" / f"{name}.ipynb": f"notebook.ipynb{_SUFFIX}",
        data / f"{name}.csv": f"figures.csv{_SUFFIX}",
        data / "scenarios" / name / f"{_PUBLISHED_SCENARIO}.toml": f"scenario.toml{_SUFFIX}",
        golden / name / "default" / "scenario.toml": f"default.toml{_SUFFIX}",
        golden / name / _PUBLISHED_SCENARIO / "scenario.toml": f"scenario.toml{_SUFFIX}",
    }
    with NewFiles() as files:
        files.write_all(_render_targets(names, targets))
        registry = collect_topics(bundled_offers())
        tables = [table for table in registry.tables.values() if table.package == OUR_PACKAGE]
        files.replace(data / DATA_PACKAGE_FILE, build_datapackage(tables, data))
        files.keep_for_restoring(golden.rglob("*.*"))
        _write_golden_files(name, checkout)
    return list(targets)


def write_package(name: str, folder: Path) -> list[Path]:
    """Write a topic as an installable package with an entry point.

    Args:
        name: Name of the topic and of its package.
        folder: Folder of the package's project. It is empty or does not exist yet.

    Returns:
        The new folder.

    Raises:
        ValueError: The name or the folder is not allowed. Nothing is written.
    """
    check_topic_name(name)
    _check_folder(folder)
    names = TopicNames(name, name)
    data = folder / name / "data"
    targets = {
        folder / "pyproject.toml": f"package/pyproject.toml{_SUFFIX}",
        folder / "README.md": f"package/README.md{_SUFFIX}",
        folder / name: "topic",
        folder / name / "notebooks" / f"{name}.ipynb": f"notebook.ipynb{_SUFFIX}",
        data / f"{name}.csv": f"figures.csv{_SUFFIX}",
        data / "scenarios" / name / f"{_PUBLISHED_SCENARIO}.toml": f"scenario.toml{_SUFFIX}",
        folder / "tests": "tests",
        folder / "tests" / "test_package.py": f"package/test_package.py{_SUFFIX}",
    }
    with NewFiles() as files:
        files.write_all(_render_targets(names, targets))
        with _import_package(names.module, folder) as topic:
            record = build_datapackage(topic.tables, data, name, f"Figures of {names.title}")
        files.write_all([(data / DATA_PACKAGE_FILE, record)])
    return [folder]


def _check_folder(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        msg = f"{folder} is not an empty folder: choose an empty or a new one"
        raise ValueError(msg)
    if not folder.resolve().parent.is_dir():
        raise ValueError(f"{folder} cannot be written: there is no folder {folder.parent}")
    if folder.resolve().is_relative_to(PACKAGE.parent) and (PACKAGE.parent / "tests").is_dir():
        msg = f"{folder} is in the workbook's own project: leave the folder out, or choose another"
        raise ValueError(msg)


def _render_targets(names: TopicNames, targets: dict[Path, str]) -> Iterator[tuple[Path, str]]:
    """Yield each new file with its text. A template may be a folder of files."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  what is written is source code, not HTML
    )
    in_project = names.module != names.name
    context = {
        **asdict(names),
        "title": names.title,
        "scenario": names.scenario,
        "distribution": names.distribution,
        "in_project": in_project,
        # isort groups the topic's imports with ours in the project, and apart in a package.
        "own_gap": "\n" if in_project else "",
        "topic_gap": "" if in_project else "\n",
    }
    for target, source in targets.items():
        template = _TEMPLATES / source
        paths = sorted(template.rglob(f"*{_SUFFIX}")) if template.is_dir() else [template]
        for path in paths:
            inside = path.relative_to(template).as_posix().removesuffix(_SUFFIX)
            text = environment.get_template(path.relative_to(_TEMPLATES).as_posix()).render(context)
            yield (target / inside if template.is_dir() else target), text


@contextmanager
def _import_package(module: str, folder: Path) -> Iterator[Topic]:
    """Import the topic of a package that is not installed, and forget it afterwards."""
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(module).topic
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == module]:
            del sys.modules[name]
        sys.dont_write_bytecode = writes_bytecode


def _write_golden_files(name: str, checkout: Path) -> None:
    """Record the outcomes of the golden scenarios of the topic and of topics that depend on it."""
    subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "tests.golden", name],
        cwd=checkout,
        check=True,
        stdout=subprocess.DEVNULL,
    )
