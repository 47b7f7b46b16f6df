"""Panel of services by window: volume, digital volume and cost."""

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
"""Columns that describe a service."""

_CACHE_SIZE = 64
"""Number of tables whose window positions are cached."""


@dataclass(frozen=True, eq=False)
class ServicePanel:
    """Counts of services by window. A figure that is not reported is NaN.

    Attributes:
        services: A row for each service; ``label`` is unique among them.
        windows: The month in which each window of twelve months ends, in order.
        sources: Sources of the whole table.
        volume: Transactions in the window, shape (services, windows).
        digital: Digital transactions in the window, shape (services, windows).
        cost: Pounds a transaction, shape (services, windows).
    """

    services: pd.DataFrame
    windows: tuple[str, ...]
    sources: tuple[str, ...]
    volume: FloatArray
    digital: FloatArray
    cost: FloatArray

    @classmethod
    def from_table(cls, table: pd.DataFrame, definition: str) -> Self:
        """Read a take-up table.

        Args:
            table: The table.
            definition: Which transactions count as digital.

        Returns:
            The panel of all services and windows.
        """
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
        """Whether a service has a positive volume and a known digital volume in a window."""
        return is_reporting(self.volume, self.digital)

    @property
    def service_labels(self) -> "pd.Series[str]":
        """Names of the services, with the organisation where several share a name."""
        return self.services["label"]

    def take_up(self, window: int | slice) -> FloatArray:
        """Take-up of each service.

        Args:
            window: Position of a window, or a slice of positions.

        Returns:
            Fractions of 1, shape (services,) or (services, windows); NaN where a service does not
            report.
        """
        digital, volume = self.digital[:, window], self.volume[:, window]
        shares: FloatArray = np.full(volume.shape, np.nan)
        np.divide(digital, volume, out=shares, where=self.is_reporting[:, window])
        return shares

    def subset_services(self, services: BoolArray | list[int]) -> Self:
        """Keep some services.

        Args:
            services: A mask, or positions.

        Returns:
            The panel of these services.
        """
        return replace(
            self,
            services=self.services.loc[services].reset_index(drop=True),
            volume=self.volume[services],
            digital=self.digital[services],
            cost=self.cost[services],
        )

    def latest_window(self) -> int | None:
        """Position of the last window in which any service reports; None if there is none."""
        positions = np.flatnonzero(self.is_reporting.any(axis=0))
        return int(positions[-1]) if len(positions) else None

    def window_ending_in(self, quarter: str) -> int | None:
        """Position of the last window that ends in a quarter.

        Args:
            quarter: The quarter.

        Returns:
            The position; None if there is none.
        """
        return _positions_by_quarter(self.windows).get(quarter)

    def windows_up_to(self, last: int) -> list[int]:
        """Positions of the consecutive windows, a quarter apart, up to a window.

        Args:
            last: Position of the last window.

        Returns:
            Positions in order.
        """
        return list(_consecutive_windows(self.windows, last))


def _service_positions(table: pd.DataFrame) -> tuple[IndexArray, int]:
    """Position of each row's service, in order of first appearance, and the number of services."""
    (organisation_codes, _), (service_codes, service_names) = (
        encode_labels(table[name].array) for name in _SERVICE_KEY
    )
    positions, distinct_keys = pd.factorize(organisation_codes * len(service_names) + service_codes)
    return positions, len(distinct_keys)


def _latest_text(
    texts: "pd.Series[str] | None", cell_index: tuple[IndexArray, IndexArray], shape: _MatrixShape
) -> _TextSeries:
    """The latest text of a column for each service, blank if there is none."""
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
    """Unique names without semicolons, so that they can stand in a list."""
    names = services["service"]
    is_shared = names.duplicated(keep=False)
    if is_shared.any():
        names = names.where(~is_shared, full_service_names(services))
    return names.str.replace(LIST_SEPARATOR, ",", regex=False)


def full_service_names(services: pd.DataFrame) -> "pd.Series[str]":
    """Each service's name with its organisation in brackets."""
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
    """Digital transactions by a definition.

    Args:
        table: The take-up table.
        definition: ``published``, ``assisted excluded`` or ``assisted included``.

    Returns:
        Transactions in each row; missing where the table lacks a column that is needed.
    """
    if definition == "published":
        return table["digital_volume"].astype("Float64")
    without_help = table.get("online_volume", pd.Series(pd.NA, table.index)).astype("Float64")
    if definition == "assisted excluded":
        return without_help
    return without_help + table.get("assisted_volume", pd.Series(pd.NA, table.index)).astype(
        "Float64"
    )
