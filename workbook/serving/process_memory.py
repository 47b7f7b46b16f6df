"""Memory of a process and of those that it started, on Linux."""

from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")


def measure_memory(process_id: int) -> int | None:
    """Memory of a process and its descendants, with shared memory counted once.

    Args:
        process_id: The process.

    Returns:
        The sum of the proportional set sizes in bytes; None where the system does not tell.
    """
    sizes = [_proportional_set_size(member) for member in _process_tree(process_id)]
    return sum(sizes) or None


def _process_tree(root: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for status_file in _PROCESSES.glob("[0-9]*/stat"):
        with suppress(OSError):  # a process that has ended
            parent = int(status_file.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(status_file.parent.name))
    tree = [root]
    for member in tree:  # grows while it is read
        tree += children.get(member, [])
    return tree


def _proportional_set_size(process_id: int) -> int:
    """Bytes of one process, its part of shared memory included; 0 if it has ended."""
    with suppress(OSError):
        for line in (_PROCESSES / str(process_id) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
