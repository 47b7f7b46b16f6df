"""The examples in docstrings run and give what they show."""

import doctest
from importlib import import_module

import pytest

from tests import ROOT

EXAMPLE_MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((ROOT / "workbook").rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("module_name", EXAMPLE_MODULES)
def test_the_examples_give_what_they_show(module_name):
    result = doctest.testmod(import_module(module_name), optionflags=doctest.ELLIPSIS)
    assert result.attempted
    assert not result.failed


def test_methods_have_examples():
    assert any(name.startswith("workbook.methods.") for name in EXAMPLE_MODULES)
