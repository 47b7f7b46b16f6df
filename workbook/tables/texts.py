"""The text that a column holds: coded, with each text held once, or plain."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def series(texts: pa.Array, kind: str, *, ordered: bool = False) -> "pd.Series[Any]":
    """Text as a pandas series of a kind: ``category``, sorted by its texts, or ``str``."""
    if kind == "category":
        return pd.Series(_category(texts, ordered=ordered))
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    return pd.Series(texts.cast(pa.string()).to_pandas(), dtype="str")


def coded(texts: "pd.Series[Any]") -> tuple[npt.NDArray[np.int64], "pd.Index[Any]"]:
    """A code for each cell, -1 for a blank, and the distinct cells that the codes count."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        held: pd.Categorical = texts.array
        return held.codes.astype(np.int64), held.categories
    codes, labels = pd.factorize(texts)
    return codes.astype(np.int64), pd.Index(labels)


def _category(texts: pa.Array, *, ordered: bool) -> pd.Categorical:
    """Coded text as pandas has it: the texts sorted, each once, and none that no cell has."""
    held = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    indices, labels = held.indices, held.dictionary
    used = pc.unique(indices).drop_null()
    if len(used) < len(labels) or labels.null_count:
        used = used.filter(pc.is_valid(labels.take(used)))
        indices, labels = pc.index_in(indices, used), labels.take(used)
    rank, names = _sorted(labels)
    codes = np.append(rank, np.int32(-1))[indices.fill_null(-1).to_numpy()]
    kind = pd.CategoricalDtype(names, ordered=ordered)
    return pd.Categorical.from_codes(codes, dtype=kind, validate=False)


def _sorted(labels: pa.Array) -> tuple[npt.NDArray[np.int32], "pd.Index[Any]"]:
    """The place of each label among the distinct ones in order, and those."""
    order = pc.sort_indices(labels)
    texts = labels.take(order)
    first = np.ones(len(texts), bool)
    if len(texts) > 1:
        other = pc.not_equal(texts.slice(1), texts.slice(0, len(texts) - 1))
        first[1:] = other.to_numpy(zero_copy_only=False)
    rank = np.empty(len(texts), np.int32)
    rank[order.to_numpy()] = np.cumsum(first) - 1
    return rank, pd.Index(texts.filter(pa.array(first)).to_pandas(), dtype="str")
