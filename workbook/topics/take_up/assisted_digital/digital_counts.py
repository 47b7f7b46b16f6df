"""Estimate of transactions made online with support, where a table does not count them."""

from collections.abc import Mapping

import pandas as pd

from workbook.topics.take_up.assisted_digital.data import SUPPORT_CHANNELS
from workbook.topics.take_up.assisted_digital.support import match_shares, prepare_shares
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.service_panel import ServicePanel


def read_service_panel(tables: Mapping[str, pd.DataFrame], scenario: TakeUp) -> ServicePanel:
    """Read the panel of services, with the scenario's definition of digital.

    Args:
        tables: The topic's tables.
        scenario: The scenario.

    Returns:
        The panel of all services. Counts that its definition needs and the table lacks are
        estimated from the team's shares, if it supplied any.
    """
    table = tables["take_up"]
    if scenario.definition != "published":
        table = estimate_supported_counts(
            table, tables["assisted_digital_shares"], tables["inclusion_scale"]
        )
    return ServicePanel.from_table(table, scenario.definition)


def estimate_supported_counts(
    table: pd.DataFrame, shares: pd.DataFrame, scale: pd.DataFrame
) -> pd.DataFrame:
    """Fill blank counts of digital transactions with and without help from a team's shares.

    The published digital transactions count as made without help, as the rules of 2013 to 2016 had
    it. Those with help are transactions × share supported, at most those that are not digital yet.

    Args:
        table: The take-up table.
        shares: The table of shares; empty if the team supplied none.
        scale: The digital inclusion scale.

    Returns:
        The table with ``online_volume`` and ``assisted_volume`` filled for services with shares.
    """
    if shares.empty:
        return table
    panel = ServicePanel.from_table(table, "published")
    supported = _supported_shares(prepare_shares(shares, scale), panel)
    names = panel.services.set_index(["organisation", "service"])["label"]
    keys = pd.MultiIndex.from_frame(table[["organisation", "service"]].astype(str))
    row_shares = pd.Series(names.reindex(keys).map(supported).to_numpy(float), table.index)
    digital, volume = (table[name].astype("Float64") for name in ("digital_volume", "volume"))
    not_digital = (volume - digital).clip(lower=0)
    helped = (volume * row_shares // 1).clip(upper=not_digital)
    is_estimated = row_shares.notna()
    return table.assign(
        online_volume=_fill_blanks(table, "online_volume", digital.where(is_estimated)),
        assisted_volume=_fill_blanks(table, "assisted_volume", helped.where(is_estimated)),
    )


def _supported_shares(shares: pd.DataFrame, panel: ServicePanel) -> dict[str, float]:
    """Share of a service's users who need support and have it, by label of the service."""
    by_level = shares["share"] * shares["need"] * shares[[*SUPPORT_CHANNELS]].sum(axis=1)
    supported = shares.assign(supported=by_level)
    return {
        label: float(rows["supported"].sum())
        for label, rows in match_shares(supported, panel).items()
    }


def _fill_blanks(table: pd.DataFrame, name: str, estimates: "pd.Series[float]") -> "pd.Series[int]":
    counted = table[name] if name in table else pd.Series(pd.NA, table.index)
    return counted.astype("Float64").fillna(estimates).astype("Int64")
