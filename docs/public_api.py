"""The reference of the public names and of the methods, which Sphinx takes from docstrings."""

import pkgutil
from importlib import import_module
from inspect import isclass, isroutine

import workbook
from workbook import methods

_PUBLIC_NAMES_TITLE = "Public names"
_METHODS_TITLE = "Methods"


def public_names_page() -> str:
    """Page of every name that ``workbook`` offers, classes first.

    Returns:
        The page's source in reStructuredText.
    """
    names = sorted(workbook.PUBLIC_NAME_MODULES, key=_sort_key)
    return "\n".join(
        [
            _heading(_PUBLIC_NAMES_TITLE, "="),
            "An analyst imports these from ``workbook``.\n",
            *(_directive(name) for name in names),
        ]
    )


def methods_page() -> str:
    """Page of every module of ``workbook.methods``.

    Returns:
        The page's source in reStructuredText.
    """
    modules = [
        f"workbook.methods.{module.name}" for module in pkgutil.iter_modules(methods.__path__)
    ]
    return "\n".join(
        [
            _heading(_METHODS_TITLE, "="),
            f"{methods.__doc__}\n",
            *(_module_section(module) for module in modules if import_module(module).__doc__),
        ]
    )


def _sort_key(name: str) -> tuple[bool, bool, str]:
    value = getattr(workbook, name)
    return not isclass(value), not isroutine(value), name


def _directive(name: str) -> str:
    value = getattr(workbook, name)
    if isclass(value):
        return f".. autoclass:: workbook.{name}\n   :members:\n"
    if isroutine(value):
        return f".. autofunction:: workbook.{name}\n"
    return f".. autodata:: workbook.{workbook.PUBLIC_NAME_MODULES[name]}.{name}\n"


def _module_section(module: str) -> str:
    title = module.rpartition(".")[2].replace("_", " ").capitalize()
    return f"{_heading(title, '-')}\n.. automodule:: {module}\n   :members:\n"


def _heading(title: str, underline: str) -> str:
    return f"{title}\n{underline * len(title)}\n"
