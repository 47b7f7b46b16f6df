"""The server's secrets: not in what other processes of its user can read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can do so")

REPOSITORY = Path(__file__).parents[2]
SECRET = "a secret that nobody else may read"
HOLDER = """
import os, subprocess, sys
from workbook.serving.process_secrets import protect_process
if sys.argv[1] == "protected":
    protect_process()
print(os.environ["DATABASE_URL"], flush=True)
subprocess.run([sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'])"])
sys.stdin.read()
"""
READER = """
import sys
try:
    environment = open(f"/proc/{sys.argv[1]}/environ", "rb").read()
    open(f"/proc/{sys.argv[1]}/mem", "rb").close()
except PermissionError:
    print("refused")
else:
    print(environment.decode())
"""
WITHOUT_RIGHTS = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_SYS_PTRACE = 24, 19
ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_SYS_PTRACE, 0, 0, 0)  # root alone has the right
os.execv(sys.executable, [sys.executable, "-c", *sys.argv[1:]])
"""


def as_ordinary_user(*arguments):
    """Command that runs a script without root's right to read every process."""
    return [sys.executable, "-c", WITHOUT_RIGHTS, *arguments]


def read_as_same_user(process_id):
    """What another process of the same user reads of a process."""
    command = as_ordinary_user(READER, str(process_id))
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("argument", "is_readable"), [("protected", False), ("unprotected", True)])
def test_no_other_process_of_the_user_reads_them(argument, is_readable):
    with subprocess.Popen(
        as_ordinary_user(HOLDER, argument),
        env={"DATABASE_URL": SECRET, "PYTHONPATH": str(REPOSITORY), "PATH": os.defpath},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        own_texts = [holder.stdout.readline().strip() for _ in range(2)]
        assert own_texts == [SECRET, SECRET], "it keeps the secret and may pass it on"
        text = read_as_same_user(holder.pid)
        assert (SECRET in text, text == "refused\n") == (is_readable, not is_readable)
        if os.geteuid() == 0 and not is_readable:  # who may read it all the same reads nothing
            assert SECRET.encode() not in Path(f"/proc/{holder.pid}/environ").read_bytes()
        holder.communicate(timeout=100)
