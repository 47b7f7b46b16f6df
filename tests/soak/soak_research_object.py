"""A snapshot is a valid RO-Crate, by the validator of its community.

The validator needs an older version of a library of ours, so it has an environment of its own.
"""

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

VALIDATOR = "roc-validator==0.13.0"
PROGRAM = Path(__file__).parent / "validate_crate.py"
CONTEXT = files("rocrate") / "data" / "ro-crate.jsonld"


@pytest.fixture(scope="module")
def validate(tmp_path_factory):
    """Validate a folder; the exit status and the issues."""
    environment = tmp_path_factory.mktemp("validator")
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", VALIDATOR], check=True)

    def run(folder):
        command = [python, PROGRAM, str(CONTEXT), folder]
        completed = subprocess.run(command, capture_output=True, text=True, check=False)
        return completed.returncode, completed.stdout + completed.stderr

    return run


def test_a_snapshot_is_a_valid_research_object(validate, revision):
    assert validate(revision) == (0, "")


def test_the_validator_finds_a_fault(validate, revision, tmp_path):
    faulty = shutil.copytree(revision, tmp_path / "faulty")
    metadata = faulty / "ro-crate-metadata.json"
    content = metadata.read_text(encoding="utf-8")
    metadata.write_text(content.replace('"datePublished": "2', '"datePublished": "x'))
    status, issues = validate(faulty)
    assert status == 1
    assert "datePublished" in issues
