"""Bundle JavaScript modules into one: for anywidget, or for the page of a topic.

The files are standard ES modules, so that editors, linters and type checkers can read them.
anywidget takes a single source text, and a page opens sooner with one script. Each imported file
becomes a function that runs once and returns its exports. Its other names stay private.
"""

import re
from functools import cache
from pathlib import Path

_IMPORT = re.compile(
    r"^import (?:\{\s*(?P<names>\w+(?:,\s*\w+)*),?\s*\}|(?P<default>\w+)) "
    r'from "(?P<path>\.{1,2}/[\w./]+\.js)";$',
    re.MULTILINE,
)
_EXPORT = re.compile(r"^export (?=(?:const|class|function|async function) (\w+))", re.MULTILINE)
_DEFAULT_EXPORT = "export default "
_DEFAULT_VARIABLE = "const defaultExport = "
_OTHER_MODULE_SYNTAX = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT_LINES = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)


@cache
def bundle_javascript(entry: Path) -> str:
    """Bundle a module with all modules that it imports, directly or indirectly.

    Args:
        entry: The file with the widget's ``export default``, or with the script of a page.

    Returns:
        The source of one module, without imports and comment lines. The same files always give
        the same text.

    Raises:
        ValueError: Modules import each other in a circle, or a file has an unsupported import or
            export. Supported are ``import { name } from "./file.js"``, ``import name from
            "./file.js"``, ``export const``, ``class`` and ``function``, and ``export default``.
    """
    *imported_paths, entry_path = _dependency_order(entry.resolve(), ())
    variables = {path: f"module_{number}" for number, path in enumerate(imported_paths)}
    modules = [_as_function(path, variables) for path in imported_paths]
    entry_source = _replace_imports(entry_path, variables)
    _check_module_syntax(entry_path, entry_source.replace(_DEFAULT_EXPORT, "", 1))
    return "".join([*modules, entry_source])


def _dependency_order(path: Path, importers: tuple[Path, ...]) -> list[Path]:
    """The files that a module imports, each after its own imports, and the module last."""
    if path in importers:
        circle = " imports ".join(importer.name for importer in (*importers, path))
        msg = f"JavaScript modules import each other in a circle: {circle}"
        raise ValueError(msg)
    needed = (
        dependency
        for match in _IMPORT.finditer(path.read_text(encoding="utf-8"))
        for dependency in _dependency_order(_imported_path(path, match), (*importers, path))
    )
    return [*dict.fromkeys(needed), path]


def _imported_path(path: Path, match: re.Match[str]) -> Path:
    return (path.parent / match["path"]).resolve()


def _replace_imports(path: Path, variables: dict[Path, str]) -> str:
    """Source of a module whose imports are read from variables that hold the exports."""
    source = _COMMENT_LINES.sub("", path.read_text(encoding="utf-8"))

    def read_exports(match: re.Match[str]) -> str:
        names = (
            " ".join(match["names"].split()) if match["names"] else f"default: {match['default']}"
        )
        return f"const {{ {names} }} = {variables[_imported_path(path, match)]};"

    return _IMPORT.sub(read_exports, source)


def _as_function(path: Path, variables: dict[Path, str]) -> str:
    """Source that runs a module and assigns its exports to a variable."""
    source = _replace_imports(path, variables)
    exports, body = _EXPORT.findall(source), _EXPORT.sub("", source)
    if _DEFAULT_EXPORT in body:
        exports.append("default: defaultExport")
        body = body.replace(_DEFAULT_EXPORT, _DEFAULT_VARIABLE, 1)
    _check_module_syntax(path, body)
    return (
        f"const {variables[path]} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();\n"
    )


def _check_module_syntax(path: Path, source: str) -> None:
    """Raise ValueError if the source has an import or export that the bundle does not support."""
    if unsupported := _OTHER_MODULE_SYNTAX.search(source):
        msg = f"{path.name}: this import or export cannot be bundled: {unsupported[0]}"
        raise ValueError(msg)
