"""SECURITY.md: each test that it names for a promise exists."""

import ast
import re

from tests import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = TEXT.partition("## What is promised")[2].partition("## What is not promised")[0]
NAMED_TESTS = re.findall(r"`(tests/[\w/]+\.py)::([\w:]+)`", PROMISES)


def list_tests(path):
    """Names of a module's tests, those of a class after its name."""
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (f"{node.name}::{part.name}" for part in node.body if hasattr(part, "name"))


def test_each_test_that_is_named_exists():
    missing = [(path, name) for path, name in NAMED_TESTS if name not in list_tests(path)]
    assert missing == []


def test_each_promise_names_a_test():
    promises = re.split(r"^- ", PROMISES, flags=re.MULTILINE)[1:]
    assert len(promises) > 10
    assert [promise for promise in promises if "::test_" not in promise] == []
