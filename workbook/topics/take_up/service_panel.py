"""A take-up table as counts: what each service reports in each window."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.decomposition import is_reporting
from workbook.periods import quarter_of, shift_quarter
from workbook.scenario import LIST_SEPARATOR
from workbook.tables.text_columns import encode_labels

IndexArray = npt.NDArray[Any]
_MatrixShape = tuple[int, int]
_TextSeries: TypeAlias = "pd.Series[str]"

_SERVICE_KEY = ["organisation", "service"]
_DETAIL_COLUMNS = ["department", "organisation", "service", "function", "funding", "source"]
"""What is said of a service beside its counts."""

_CACHE_SIZE = 64
"""Tables' windows whose places are remembered."""


@dataclass(frozen=True, eq=False)
class ServicePanel:
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
    def from_table(cls, table: pd.DataFrame, definition: str) -> Self:
        """The counts of a take-up table, digital being what the definition counts."""
        window_positions, windows = pd.factorize(table["window_end"], sort=True)
        service_positions, service_count = _service_positions(table)
        cell_index, shape = (service_positions, window_positions), (service_count, len(windows))

        def to_matrix(values: "pd.Series[float]") -> FloatArray:
            filled = np.full(shape, np.nan)
            filled[cell_index] = values.to_numpy(dtype=float, na_value=np.nan)
            return filled

        service_details = pd.DataFrame(
            {name: _latest_text(table.get(name), cell_index, shape) for name in _DETAIL_COLUMNS}
        )
        return cls(
            service_details.assign(label=_distinct_labels(service_details)),
            tuple(map(str, windows)),
            _source_names(table),
            to_matrix(table["volume"]),
            to_matrix(digital_counts(table, definition)),
            to_matrix(table.get("cost_per_transaction", pd.Series(np.nan, table.index))),
        )

    @property
    def is_reporting(self) -> BoolArray:
        """Whether a service reports in a window: its volume is above 0, its digital is given."""
        return is_reporting(self.volume, self.digital)

    @property
    def service_labels(self) -> "pd.Series[str]":
        """The services' names, each with its organisation where two in the table share a name."""
        return self.services["label"]

    def take_up(self, window: int | slice) -> FloatArray:
        """Take-up of each service in a window, or in windows; NaN where it does not report."""
        digital, volume = self.digital[:, window], self.volume[:, window]
        shares: FloatArray = np.full(volume.shape, np.nan)
        np.divide(digital, volume, out=shares, where=self.is_reporting[:, window])
        return shares

    def subset_services(self, services: BoolArray | list[int]) -> Self:
        """These services alone, by a mask or by their places."""
        return replace(
            self,
            services=self.services.loc[services].reset_index(drop=True),
            volume=self.volume[services],
            digital=self.digital[services],
            cost=self.cost[services],
        )

    def latest_window(self) -> int | None:
        """Place of the last window in which any service reports."""
        positions = np.flatnonzero(self.is_reporting.any(axis=0))
        return int(positions[-1]) if len(positions) else None

    def window_ending_in(self, quarter: str) -> int | None:
        """Place of the last window that ends in this quarter."""
        return _positions_by_quarter(self.windows).get(quarter)

    def windows_up_to(self, last: int) -> list[int]:
        """Places of the windows a quarter apart that lead up to this one, in order."""
        return list(_consecutive_windows(self.windows, last))


def _service_positions(table: pd.DataFrame) -> tuple[IndexArray, int]:
    """The place of each row's service, in the order in which they first appear; how many."""
    (organisation_codes, _), (service_codes, service_names) = (
        encode_labels(table[name].array) for name in _SERVICE_KEY
    )
    positions, distinct_keys = pd.factorize(organisation_codes * len(service_names) + service_codes)
    return positions, len(distinct_keys)


def _latest_text(
    texts: "pd.Series[str] | None", cell_index: tuple[IndexArray, IndexArray], shape: _MatrixShape
) -> _TextSeries:
    """What a column says last of each service, blank where it never says anything."""
    if texts is None or not shape[0]:
        return pd.Series([""] * shape[0], dtype="str")
    codes, labels = encode_labels(texts.array)
    code_matrix = np.full(shape, -1, np.int32)
    code_matrix[cell_index] = codes
    last_windows = shape[1] - 1 - (code_matrix[:, ::-1] >= 0).argmax(axis=1)
    latest_codes = code_matrix[np.arange(shape[0]), last_windows]
    return pd.Series(np.append(np.asarray(labels, dtype=object), "")[latest_codes], dtype="str")


def _source_names(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(map(str, table["source"].dropna().unique()))) if "source" in table else ()


def _distinct_labels(services: pd.DataFrame) -> "pd.Series[str]":
    """Names that can stand in a list: told apart by their organisation, without a semicolon."""
    names = services["service"]
    is_shared = names.duplicated(keep=False)
    if is_shared.any():
        names = names.where(~is_shared, full_service_names(services))
    return names.str.replace(LIST_SEPARATOR, ",", regex=False)


def full_service_names(services: pd.DataFrame) -> "pd.Series[str]":
    """Each service's name with its organisation."""
    return services["service"] + " (" + services["organisation"] + ")"


@lru_cache(maxsize=_CACHE_SIZE)
def _positions_by_quarter(windows: tuple[str, ...]) -> dict[str, int]:
    return {quarter_of(window): position for position, window in enumerate(windows)}


@lru_cache(maxsize=_CACHE_SIZE)
def _consecutive_windows(windows: tuple[str, ...], last: int) -> tuple[int, ...]:
    positions = [last]
    while (
        before := _positions_by_quarter(windows).get(
            shift_quarter(quarter_of(windows[positions[0]]), -1)
        )
    ) is not None:
        positions.insert(0, before)
    return tuple(positions)


def digital_counts(table: pd.DataFrame, definition: str) -> "pd.Series[float]":
    """What counts as digital; missing where the table does not have what the definition needs."""
    if definition == "published":
        return table["digital_volume"].astype("Float64")
    without_help = table.get("online_volume", pd.Series(pd.NA, table.index)).astype("Float64")
    if definition == "assisted excluded":
        return without_help
    return without_help + table.get("assisted_volume", pd.Series(pd.NA, table.index)).astype(
        "Float64"
    )
