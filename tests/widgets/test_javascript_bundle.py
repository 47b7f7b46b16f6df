"""The bundle of a widget's JavaScript modules: private names, and rejected syntax."""

import subprocess

import pytest

from tests.javascript_tools import NODE
from workbook.widgets.javascript_bundle import bundle_javascript


@pytest.fixture
def write_modules(tmp_path):
    """Write JavaScript files by name; returns the path of ``entry.js``."""

    def write(**sources: str):
        for name, source in sources.items():
            tmp_path.joinpath(f"{name}.js").write_text(source, encoding="utf-8")
        return tmp_path / "entry.js"

    return write


def run_default_export(bundle, tmp_path) -> str:
    """Run the bundle's default export, a function, and return its output."""
    module = tmp_path / "bundle.mjs"
    module.write_text(f"{bundle}\n", encoding="utf-8")
    script = f"import run from {module.as_uri()!r}; console.log(run());"
    command = [*NODE, "--input-type=module", "--eval", script]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_each_module_runs_once_and_keeps_its_other_names_private(write_modules, tmp_path):
    entry = write_modules(
        entry='import { double } from "./double.js";\nimport { count } from "./count.js";\n'
        "const hidden = 1;\nexport default () => double(hidden) + count();\n",
        double='import { count } from "./count.js";\nconst hidden = 2;\n'
        "export const double = (number) => number * hidden + count();\n",
        count="let hidden = 0;\nexport function count() {\n  hidden += 10;\n  return hidden;\n}\n",
    )
    assert run_default_export(bundle_javascript(entry), tmp_path) == "32"


def test_the_default_of_a_module_can_be_imported(write_modules, tmp_path):
    entry = write_modules(
        entry='import add from "./add.js";\nimport { one } from "./add.js";\n'
        "export default () => add(one);\n",
        add="export const one = 1;\nexport default (number) => number + one;\n",
    )
    assert run_default_export(bundle_javascript(entry), tmp_path) == "2"


def test_comment_lines_are_left_out(write_modules):
    entry = write_modules(
        entry='// @ts-check\n/**\n * A note.\n */\nexport default "https://example.org";\n'
    )
    assert bundle_javascript(entry) == 'export default "https://example.org";\n'


def test_modules_that_import_each_other_in_a_circle_are_rejected(write_modules):
    entry = write_modules(
        entry='import { first } from "./first.js";\nexport default first;\n',
        first='import { second } from "./second.js";\nexport const first = second;\n',
        second='import { first } from "./first.js";\nexport const second = first;\n',
    )
    with pytest.raises(ValueError, match=r"first\.js imports second\.js imports first\.js"):
        bundle_javascript(entry)


@pytest.mark.parametrize(
    "source",
    [
        'import * as parts from "./parts.js";\n',
        'import parts, { part } from "./parts.js";\n',
        'import { part as other } from "./parts.js";\n',
        'import { part } from "https://example.org/parts.js";\n',
        "export let part = 1;\n",
        "export { part };\n",
    ],
)
def test_other_forms_of_import_and_export_are_rejected(write_modules, source):
    with pytest.raises(ValueError, match=r"entry\.js: this import or export cannot be bundled"):
        bundle_javascript(write_modules(entry=f"{source}export default 1;\n"))
