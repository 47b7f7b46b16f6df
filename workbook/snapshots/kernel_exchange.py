"""What a topic's process and the kernel of its notebook give to each other."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from nbformat import NotebookNode

from workbook.analysis.precomputed_results import RESULTS_VARIABLE, write_results
from workbook.exports.requested_pictures import PICTURES_VARIABLE, draw_requested
from workbook.kernels.static_run import STATIC_RUN_VARIABLE
from workbook.snapshots.jobs import TopicRun
from workbook.topic import AnalysisResult

_SUFFIX: Final = "-exchange"
_HTML: Final = "text/html"


class KernelExchange:
    """A folder through which a notebook gets results, and asks for pictures.

    It stands beside the folder that the notebook runs in, which the notebook may clean.

    Args:
        cwd: The folder that the notebook runs in.
    """

    def __init__(self, cwd: Path) -> None:
        working_folder = cwd.resolve()
        self._folder = working_folder.with_name(f"{working_folder.name}{_SUFFIX}")
        self._folder.mkdir(exist_ok=True)
        self._results = self._folder / "results"

    @property
    def environment(self) -> Mapping[str, str]:
        """The kernel's variables: where it finds the folder, and that no widgets are kept."""
        return {
            PICTURES_VARIABLE: str(self._folder),
            RESULTS_VARIABLE: str(self._results),
            STATIC_RUN_VARIABLE: "1",
        }

    def give_results(self, run: TopicRun, results: Sequence[AnalysisResult]) -> None:
        """Give the kernel the results of the deferred analyses, which it need not calculate.

        Args:
            run: The topic, and the scenario that the results are of.
            results: A result for each analysis.
        """
        write_results(self._results, run.topic, run.scenario, results)

    def draw_pictures(self, notebook: NotebookNode) -> None:
        """Draw the pictures that the kernel has asked for into the outputs of its notebook.

        Args:
            notebook: The executed notebook, which is changed.

        Raises:
            ValueError: A chart cannot be drawn.
        """
        for cell in notebook.cells:
            for output in cell.get("outputs", ()):
                data = output.get("data", {})
                if isinstance(data.get(_HTML), str):
                    data[_HTML] = draw_requested(data[_HTML], self._folder)
