"""A take-up table as counts: what each service reports in each window."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.decomposition import reporting
from workbook.quarters import later, quarter_of
from workbook.scenario import SEPARATOR
from workbook.tables.texts import coded

Places = npt.NDArray[Any]
Shape = tuple[int, int]
Texts: TypeAlias = "pd.Series[str]"

KEY = ["organisation", "service"]
SAID = ["department", "organisation", "service", "function", "funding", "source"]
"""What is said of a service beside its counts."""

KEPT = 64
"""Tables' windows whose places are remembered."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Services × windows.

    ``services`` has a row a service, its name among all in ``label``; ``windows`` are the months in
    which the twelve months end, in order; ``sources`` are those of the whole table. ``volume``,
    ``digital`` and ``cost`` have the shape (services, windows), NaN where a figure was not
    reported, in transactions a year and pounds a transaction.
    """

    services: pd.DataFrame
    windows: tuple[str, ...]
    sources: tuple[str, ...]
    volume: FloatArray
    digital: FloatArray
    cost: FloatArray

    @classmethod
    def of(cls, table: pd.DataFrame, definition: str) -> Self:
        """The counts of a take-up table, digital being what the definition counts."""
        ends, windows = pd.factorize(table["window_end"], sort=True)
        places, count = _places(table)
        at, shape = (places, ends), (count, len(windows))

        def matrix(values: "pd.Series[float]") -> FloatArray:
            held = np.full(shape, np.nan)
            held[at] = values.to_numpy(dtype=float, na_value=np.nan)
            return held

        said = pd.DataFrame({name: _latest(table.get(name), at, shape) for name in SAID})
        return cls(
            said.assign(label=_labels(said)),
            tuple(map(str, windows)),
            _sources(table),
            matrix(table["volume"]),
            matrix(digital_counts(table, definition)),
            matrix(table.get("cost_per_transaction", pd.Series(np.nan, table.index))),
        )

    @property
    def reports(self) -> BoolArray:
        """Whether a service reports in a window: its volume is above 0, its digital is given."""
        return reporting(self.volume, self.digital)

    @property
    def labels(self) -> "pd.Series[str]":
        """The services' names, each with its organisation where two in the table share a name."""
        return self.services["label"]

    def take_up(self, place: int | slice) -> FloatArray:
        """Take-up of each service in a window, or in windows; NaN where it does not report."""
        digital, volume = self.digital[:, place], self.volume[:, place]
        shares: FloatArray = np.full(volume.shape, np.nan)
        np.divide(digital, volume, out=shares, where=self.reports[:, place])
        return shares

    def only(self, services: BoolArray | list[int]) -> Self:
        """These services alone, by a mask or by their places."""
        return replace(
            self,
            services=self.services.loc[services].reset_index(drop=True),
            volume=self.volume[services],
            digital=self.digital[services],
            cost=self.cost[services],
        )

    def latest(self) -> int | None:
        """Place of the last window in which any service reports."""
        places = np.flatnonzero(self.reports.any(axis=0))
        return int(places[-1]) if len(places) else None

    def ending_in(self, quarter: str) -> int | None:
        """Place of the last window that ends in this quarter."""
        return _by_quarter(self.windows).get(quarter)

    def run_up_to(self, last: int) -> list[int]:
        """Places of the windows a quarter apart that lead up to this one, in order."""
        return list(_run(self.windows, last))


def _places(table: pd.DataFrame) -> tuple[Places, int]:
    """The place of each row's service, in the order in which they first appear; how many."""
    (homes, _), (names, labels) = (coded(table[name].array) for name in KEY)
    places, distinct = pd.factorize(homes * len(labels) + names)
    return places, len(distinct)


def _latest(texts: "pd.Series[str] | None", at: tuple[Places, Places], shape: Shape) -> Texts:
    """What a column says last of each service, blank where it never says anything."""
    if texts is None or not shape[0]:
        return pd.Series([""] * shape[0], dtype="str")
    codes, labels = coded(texts.array)
    held = np.full(shape, -1, np.int32)
    held[at] = codes
    last = shape[1] - 1 - (held[:, ::-1] >= 0).argmax(axis=1)
    found = held[np.arange(shape[0]), last]
    return pd.Series(np.append(np.asarray(labels, dtype=object), "")[found], dtype="str")


def _sources(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(map(str, table["source"].dropna().unique()))) if "source" in table else ()


def _labels(services: pd.DataFrame) -> "pd.Series[str]":
    """Names that can stand in a list: told apart by their organisation, without a semicolon."""
    names = services["service"]
    shared = names.duplicated(keep=False)
    if shared.any():
        names = names.where(~shared, named_fully(services))
    return names.str.replace(SEPARATOR, ",", regex=False)


def named_fully(services: pd.DataFrame) -> "pd.Series[str]":
    """Each service's name with its organisation."""
    return services["service"] + " (" + services["organisation"] + ")"


@lru_cache(maxsize=KEPT)
def _by_quarter(windows: tuple[str, ...]) -> dict[str, int]:
    return {quarter_of(end): place for place, end in enumerate(windows)}


@lru_cache(maxsize=KEPT)
def _run(windows: tuple[str, ...], last: int) -> tuple[int, ...]:
    run = [last]
    while (before := _by_quarter(windows).get(later(quarter_of(windows[run[0]]), -1))) is not None:
        run.insert(0, before)
    return tuple(run)


def digital_counts(table: pd.DataFrame, definition: str) -> "pd.Series[float]":
    """What counts as digital; missing where the table does not have what the definition needs."""
    if definition == "published":
        return table["digital_volume"].astype("Float64")
    unaided = table.get("online_volume", pd.Series(pd.NA, table.index)).astype("Float64")
    if definition == "assisted excluded":
        return unaided
    return unaided + table.get("assisted_volume", pd.Series(pd.NA, table.index)).astype("Float64")
