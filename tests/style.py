"""Measure the style of ``workbook/`` and print it: ``python -m tests.style``.

The figures are a guide for whoever changes the code. Nothing here passes or fails.
"""

import ast
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests import ROOT

NON_NAMES = frozenset(
    [
        "said",
        "told",
        "asked",
        "found",
        "held",
        "own",
        "brought",
        "given",
        "wanted",
        "each",
        "at",
        "on",
        "of",
        "it",
        "its",
    ]
)
"""Words that say nothing about what a name holds."""

LONGEST = 50
"""Lines that no function should exceed."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A source file and its syntax tree."""

    path: Path
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Number of lines in the file."""
        return len(self.path.read_text(encoding="utf-8").splitlines())

    def functions(self) -> list[Function]:
        """Functions and methods, without the special methods that Python names."""
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, Function)
            and not (node.name.startswith("__") and node.name.endswith("__"))
        ]

    def bindings(self) -> Iterator[str]:
        """Every name that the module binds: definitions, parameters, variables and attributes."""
        for node in ast.walk(self.tree):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    yield node.name
                case ast.arg():
                    yield node.arg
                case ast.Name(ctx=ast.Store()):
                    yield node.id
                case ast.Attribute(ctx=ast.Store()):
                    yield node.attr

    def top_level_names(self) -> set[str]:
        """Public names that the module defines at its top level."""
        names: set[str] = set()
        for node in self.tree.body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    names.add(node.name)
                case ast.Assign(targets=targets):
                    result = (name for target in targets for name in ast.walk(target))
                    names |= {name.id for name in result if isinstance(name, ast.Name)}
                case ast.AnnAssign(target=ast.Name(id=name)):
                    names.add(name)
        return {name for name in names if not name.startswith("_")}


def read_modules() -> list[Module]:
    """Every Python file of the package."""
    return [
        Module(path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "workbook").rglob("*.py"))
    ]


def count_code_lines(function: Function) -> int:
    """Lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def is_one_word(name: str) -> bool:
    """Whether a name consists of a single word, leading underscores aside."""
    return "_" not in name.strip("_")


def find_shared_names(modules: list[Module]) -> dict[str, list[Path]]:
    """Public top-level names that more than one module defines, with those modules."""
    homes: defaultdict[str, list[Path]] = defaultdict(list)
    for module in modules:
        for name in module.top_level_names():
            homes[name].append(module.path.relative_to(ROOT))
    return {name: paths for name, paths in homes.items() if len(paths) > 1}


def public_functions(modules: list[Module]) -> list[tuple[Module, Function]]:
    """Public functions of ``methods/`` and those that ``workbook`` itself offers."""
    from workbook import PUBLIC_NAME_MODULES  # noqa: PLC0415  the package under measurement

    offered = {(home.replace(".", "/"), name) for name, home in PUBLIC_NAME_MODULES.items()}
    return [
        (module, node)
        for module in modules
        for node in module.tree.body
        if isinstance(node, Function) and not node.name.startswith("_")
        if "methods" in module.path.parts
        or any(
            str(module.path.with_suffix("")).endswith((home, f"{home}/__init__"))
            and node.name == name
            for home, name in offered
        )
    ]


def lacks_sections(function: Function) -> bool:
    """Whether a docstring lacks the Args or Returns section that the signature calls for."""
    text = ast.get_docstring(function) or ""
    takes = bool(function.args.args or function.args.kwonlyargs)
    returns = not (isinstance(function.returns, ast.Constant) and function.returns.value is None)
    return (takes and "Args:" not in text) or (
        returns and "Returns:" not in text and "Yields:" not in text
    )


def share(part: int, whole: int) -> str:
    """A part as a percentage of the whole, with both."""
    return f"{part / whole:.1%} ({part} of {whole})"


def main() -> None:
    """Print the measurements."""
    modules = read_modules()
    functions = [function for module in modules for function in module.functions()]
    bindings = [name for module in modules for name in module.bindings()]
    top_level = set().union(*(module.top_level_names() for module in modules))
    shared = find_shared_names(modules)
    documented = public_functions(modules)
    lengths = {function: count_code_lines(function) for function in functions}
    long_functions = [function.name for function, lines in lengths.items() if lines > LONGEST]
    print(f"Files: {len(modules)}, median {statistics.median(m.lines for m in modules):.0f} lines")
    print(
        f"Functions: {len(functions)}, longest {max(lengths.values())} lines without its docstring,"
        f" {len(long_functions)} over {LONGEST}: {', '.join(long_functions) or 'none'}"
    )
    one_word = sum(is_one_word(function.name) for function in functions)
    print(f"One-word function names: {share(one_word, len(functions))}")
    print(f"Top-level names in more than one module: {share(len(shared), len(top_level))}")
    for name, paths in sorted(shared.items()):
        print(f"  {name}: {', '.join(map(str, paths))}")
    vague = [name for name in bindings if name in NON_NAMES]
    print(f"Names that say nothing: {share(len(vague), len(bindings))}")
    lacking = [(m, f) for m, f in documented if lacks_sections(f)]
    print(f"Public functions without Args or Returns: {share(len(lacking), len(documented))}")
    for module, function in lacking:
        print(f"  {module.path.relative_to(ROOT)}: {function.name}")


if __name__ == "__main__":
    main()
