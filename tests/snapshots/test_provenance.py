"""Provenance is known, or says why it is not."""

import shutil
import subprocess

import pytest

from workbook.snapshots import provenance
from workbook.snapshots.provenance import find_provenance

GIT = shutil.which("git")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout of git with one commit, in which the package stands."""
    if GIT is None:
        pytest.skip("git is not installed")
    (tmp_path / "workbook").mkdir()
    (tmp_path / "workbook" / "model.py").write_text("x = 1\n")
    (tmp_path / "binder").mkdir()
    (tmp_path / "binder" / "requirements.txt").write_text("numpy\n")
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "First"]):
        subprocess.run([GIT, "-C", tmp_path, *arguments], check=True)
    monkeypatch.setattr(provenance, "PACKAGE", tmp_path / "workbook")
    return tmp_path


def test_a_checkout_gives_its_commit_and_its_lock(checkout):
    found = find_provenance()
    assert len(found.commit) == 40
    assert found.modified is False
    assert len(found.lock) == 64
    assert found.code_sentence == f"The code is commit {found.commit[:12]}, unmodified."


@pytest.mark.parametrize("name", ["model.py", "new.py"])
def test_changed_and_new_files_are_modifications(checkout, name):
    (checkout / "workbook" / name).write_text("x = 2\n")
    found = find_provenance()
    assert found.modified is True
    assert found.code_sentence.endswith(", modified.")


def test_the_commit_of_another_project_s_checkout_is_ignored(checkout, monkeypatch):
    monkeypatch.setattr(provenance, "PACKAGE", checkout / "lib" / "workbook")
    reason = "unknown: the workbook was installed as a package, not run from a checkout"
    found = find_provenance()
    assert (found.commit, found.modified, found.lock) == (reason, reason, reason)
    assert found.code_sentence == f"The commit of the code is {reason}."


def test_git_that_is_not_installed_is_the_reason(checkout, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert find_provenance().commit == "unknown: git is not installed"


def test_git_that_refuses_another_user_s_checkout_is_the_reason(checkout, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own switch
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    reason = "unknown: git refuses, because the checkout belongs to another user"
    assert find_provenance().commit == reason


def test_a_damaged_checkout_is_the_reason_without_its_path(checkout):
    (checkout / ".git" / "HEAD").write_text("nothing")
    found = find_provenance().commit
    assert found.startswith("unknown: git failed (")
    assert str(checkout) not in found


def test_a_user_without_a_name_is_said(checkout, monkeypatch):
    def refuse():
        raise OSError("no name")

    monkeypatch.setattr(provenance, "getuser", refuse)
    assert find_provenance().user == "unknown: the system has no name for the user"
