"""Need for support and support given, by service and level of the digital inclusion scale."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.topics.take_up.assisted_digital.data import ALL_SERVICES, SUPPORT_CHANNELS
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import services_named
from workbook.topics.take_up.service_panel import ServicePanel

_CELL_COLUMNS = ["service", "level", "people", "needing", *SUPPORT_CHANNELS]


@dataclass(frozen=True, eq=False)
class DigitalSupport:
    """Who needs support, who has it and what it costs a year.

    Attributes:
        cells: A row for each service and level: ``people``, those ``needing`` support, and those
            supported by each channel, a column of ``SUPPORT_CHANNELS``.
        scale: The digital inclusion scale.
        costs: The ``lowest`` and ``highest`` published cost of a contact, pounds, by channel.
        counts_people: Whether people are counted; else transactions.
        unknown_services: Services with shares that the table of services does not have.
    """

    cells: pd.DataFrame
    scale: pd.DataFrame
    costs: Mapping[str, Mapping[str, float]]
    counts_people: bool
    unknown_services: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether any selected service has shares."""
        return not self.cells.empty

    @property
    def service_count(self) -> int:
        """Number of services with shares."""
        return int(self.cells["service"].nunique())

    def total(self, name: str) -> float | None:
        """Sum of a column of the cells, or of those ``supported`` or ``unsupported``."""
        if not self.is_known:
            return None
        return float(add_supported(self.cells)[name].sum())

    def supported_by_channel(self) -> dict[str, float]:
        """Number supported by each channel."""
        return {
            channel: float(self.cells[name].sum()) for name, channel in SUPPORT_CHANNELS.items()
        }

    def total_cost(self, end: str) -> float | None:
        """Pounds a year at the ``lowest`` or ``highest`` published cost of a contact.

        Support by a channel without a published cost is left out. None if no support has one.
        """
        supported = self.supported_by_channel()
        costed = [channel for channel in supported if channel in self.costs]
        if not self.is_known or (
            any(supported.values()) and not any(supported[channel] for channel in costed)
        ):
            return None
        return sum(supported[channel] * self.costs[channel][end] for channel in costed)


def assess_support(
    tables: Mapping[str, pd.DataFrame],
    counts: ServicePanel,
    comparison: WindowComparison,
    scenario: TakeUp,
) -> DigitalSupport:
    """Assess the need for support: users × share at each level × share who need it.

    Args:
        tables: The topic's tables.
        counts: The panel of all services.
        comparison: The comparison of the selected services, whose latest window gives transactions.
        scenario: The scenario. With a filter, services outside the table of services are left out.

    Returns:
        The need and the support; no cells if the team supplied no shares.
    """
    scale = tables["inclusion_scale"]
    shares = prepare_shares(tables["assisted_digital_shares"], scale)
    counts_people = bool(shares["users"].notna().any())
    cells = pd.DataFrame(
        [*_service_cells(shares, counts, comparison, scenario)], columns=_CELL_COLUMNS
    )
    unknown = () if counts_people else _unknown_names(shares, counts)
    return DigitalSupport(cells, scale, _cost_ends(tables["channel_costs"]), counts_people, unknown)


def prepare_shares(shares: pd.DataFrame, scale: pd.DataFrame) -> pd.DataFrame:
    """Fill what a table of shares leaves blank.

    Args:
        shares: The table of shares.
        scale: The digital inclusion scale.

    Returns:
        Every column as a number: ``need`` as the scale says where blank, ``users`` NaN where blank,
        and 0 for channels without a share.
    """
    default_need = scale.set_index("level")["needs_support"].eq("yes").astype(float)
    need = _float_column(shares, "need")
    return pd.DataFrame(
        {
            "service": shares["service"].astype(str),
            "level": shares["level"].astype(int),
            "share": shares["share"].astype(float),
            "users": _float_column(shares, "users"),
            "need": need.fillna(shares["level"].astype(int).map(default_need)),
            **{name: _float_column(shares, name).fillna(0.0) for name in SUPPORT_CHANNELS},
        }
    )


def add_supported(cells: pd.DataFrame) -> pd.DataFrame:
    """Add the number ``supported`` by any channel, and the ``unsupported``.

    Args:
        cells: Rows with ``needing`` and the supported by each channel.

    Returns:
        The rows with both columns.
    """
    supported = cells[[*SUPPORT_CHANNELS]].sum(axis=1)
    return cells.assign(supported=supported, unsupported=cells["needing"] - supported)


def match_shares(shares: pd.DataFrame, counts: ServicePanel) -> dict[str, pd.DataFrame]:
    """Find the rows of a table of shares that hold for each service of a panel.

    Args:
        shares: The table of shares.
        counts: The panel of services.

    Returns:
        Rows by label of the service: its own, or those of all services.
    """
    groups = {str(name): rows for name, rows in shares.groupby("service", sort=False)}
    common = next((rows for name, rows in groups.items() if name.casefold() == ALL_SERVICES), None)
    labels = counts.service_labels
    matched = {} if common is None else dict.fromkeys(labels, common)
    for name, rows in groups.items():
        matched |= dict.fromkeys(labels[services_named(counts, (name,))], rows)
    return matched


def _cost_ends(costs: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Lowest and highest published cost of a contact by channel."""
    return {
        str(channel): {"lowest": float(rows.min()), "highest": float(rows.max())}
        for channel, rows in costs.groupby("channel")["cost"]
    }


def _service_cells(
    shares: pd.DataFrame, counts: ServicePanel, comparison: WindowComparison, scenario: TakeUp
) -> Iterator[tuple[str | float, ...]]:
    """Cells of the selected services, and of those outside the table of services."""
    selected = comparison.counts
    volumes = dict(zip(selected.service_labels, selected.volume[:, comparison.after], strict=True))
    for label, rows in match_shares(shares, selected).items():
        users = rows["users"].iloc[0]
        people = volumes[label] if np.isnan(users) else users
        if people > 0:
            yield from _level_cells(label, rows, people)
    if scenario.department or scenario.function or scenario.services:
        return
    for name in _unknown_names(shares, counts):
        rows = shares[shares["service"] == name]
        if rows["users"].iloc[0] > 0:
            yield from _level_cells(name, rows, rows["users"].iloc[0])


def _level_cells(
    service: str, rows: pd.DataFrame, people: float
) -> Iterator[tuple[str | float, ...]]:
    for row in rows.to_dict("records"):
        at_level = people * row["share"]
        needing = at_level * row["need"]
        supported = (needing * row[name] for name in SUPPORT_CHANNELS)
        yield service, row["level"], at_level, needing, *supported


def _unknown_names(shares: pd.DataFrame, counts: ServicePanel) -> tuple[str, ...]:
    return tuple(
        name
        for name in dict.fromkeys(shares["service"])
        if name.casefold() != ALL_SERVICES and not services_named(counts, (name,)).any()
    )


def _float_column(shares: pd.DataFrame, name: str) -> "pd.Series[float]":
    if name not in shares:
        return pd.Series(np.nan, shares.index)
    return shares[name].astype("Float64").astype(float)
