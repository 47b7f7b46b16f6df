"""Twenty processes save and delete scenarios in one folder: ``python -m`` this, with the folder."""

import multiprocessing
import sys
from contextlib import suppress
from pathlib import Path

from tests.scenario.lamps import Lamps
from workbook.scenario import ScenarioStore

PROCESSES, ROUNDS = 20, 2


def work(store: ScenarioStore[Lamps], process: int) -> None:
    """Save what everybody saves, what nobody else saves, and delete it and what others may."""
    for number in range(ROUNDS):
        lamps = Lamps(lamps=process * ROUNDS + number)
        store.save("Shared", lamps, author=f"process {process}")
        store.save(f"Own {process}", lamps, author=f"process {process}")
        store.save("Contested", lamps, author=f"process {process}")
        with suppress(ValueError):  # somebody else has deleted it
            store.delete("Contested", author=f"process {process}")
        store.delete(f"Own {process}", author=f"process {process}")


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    shared_store = ScenarioStore(Path(sys.argv[1]), "lamps", Lamps)
    workers = [context.Process(target=work, args=(shared_store, n)) for n in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(sum(worker.exitcode != 0 for worker in workers))
