"""The container file's steps, run one by one in an empty folder and environment."""

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests import ROOT
from tests.browser.server import free_port, run_server, wait_for_answer

CONTAINER_FILE: Final = ROOT / "deployment" / "Containerfile"
WORK_FOLDER: Final = "/opt/policy-workbook"


def read_steps() -> list[tuple[str, str]]:
    """Instruction and arguments of each step."""
    lines = CONTAINER_FILE.read_text().replace("\\\n", "").splitlines()
    steps = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(instruction, arguments) for instruction, _, arguments in steps]


def copy_files(arguments: str, folder: Path) -> None:
    """Copy files and folders of the project, as COPY does."""
    *sources, target = arguments.split()
    for source in sources:
        if (ROOT / source).is_dir():
            shutil.copytree(
                ROOT / source, folder / target, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / source, folder / target)


def test_its_steps_give_a_server_that_makes_a_page_of_every_topic(tmp_path):
    folder, home = tmp_path / "image", tmp_path / "python"
    folder.mkdir()
    home.mkdir()
    (home / "python").symlink_to(sys.executable)
    environment = {"PATH": f"{home}:/usr/bin:/bin", "HOME": "/nonexistent"}
    for instruction, arguments in read_steps():
        if instruction == "COPY":
            copy_files(arguments, folder)
        elif instruction == "RUN":
            subprocess.run(["sh", "-c", arguments], cwd=folder, env=environment, check=True)
        elif instruction == "WORKDIR":
            assert arguments == WORK_FOLDER
        elif instruction == "HEALTHCHECK":
            health_check = arguments.partition("CMD ")[2]
        elif instruction == "CMD":
            command = json.loads(arguments)
        else:
            assert instruction in {"FROM", "USER", "EXPOSE"}
    port = free_port()
    program = str(folder / command[0])
    unset = [f"--unset={name}" for name in ("PYTHONPATH", "VIRTUAL_ENV", "WORKBOOK_TOKEN")]
    served = ["env", *unset, "HOME=/nonexistent", program, *command[1:], "--port", str(port)]
    with run_server(served, "Policy Workbook: http"):
        wait_for_answer(f"http://127.0.0.1:{port}/health")
        check = shlex.split(health_check.replace(":8866", f":{port}"))
        subprocess.run(check, cwd=folder, env=environment, check=True)
