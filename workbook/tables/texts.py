"""The text that a column holds: coded, with each text held once, or plain."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Cells = npt.NDArray[Any] | pd.api.extensions.ExtensionArray
"""A column as a frame holds it."""

FEW = 5000


def array(texts: pa.Array, kind: str, *, ordered: bool = False) -> Cells:
    """Text as a frame holds it: a ``category``, sorted by its texts, or ``str``."""
    if kind == "category":
        return _category(texts, ordered=ordered)
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    return pd.Series(texts.cast(pa.string()).to_pandas(), dtype="str").array


def coded(
    texts: Cells,
) -> tuple[npt.NDArray[np.int64], "pd.Index[Any]"]:
    """A code for each cell, -1 for a blank, and the distinct cells that the codes count."""
    if isinstance(texts, pd.Categorical):
        return texts.codes.astype(np.int64), texts.categories
    codes, labels = pd.factorize(pd.Series(texts))
    return codes.astype(np.int64), labels


def _category(texts: pa.Array, *, ordered: bool) -> pd.Categorical:
    """Coded text as pandas has it: the texts sorted, each once, and none that no cell has."""
    held = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    indices, labels = held.indices, held.dictionary
    at = (indices.fill_null(-1) if indices.null_count else indices).to_numpy().astype(np.intp)
    used = np.zeros(len(labels) + 1, bool)
    used[at] = True
    if labels.null_count:
        used[:-1] &= labels.is_valid().to_numpy(zero_copy_only=False)
    kept = np.flatnonzero(used[:-1])
    rank, names = _sorted(labels if len(kept) == len(labels) else labels.take(pa.array(kept)))
    codes = np.full(len(labels) + 1, -1, np.min_scalar_type(-len(labels) - 1))
    codes[kept] = rank
    kind = pd.CategoricalDtype(names, ordered=ordered)
    return pd.Categorical.from_codes(codes.take(at), dtype=kind, validate=False)


def _sorted(labels: pa.Array) -> tuple[npt.NDArray[np.int32], "pd.Index[Any]"]:
    """The place of each label among the distinct ones in order, and those.

    Of a few, Python is quicker than asking Arrow for each step.
    """
    if len(labels) <= FEW:
        given = labels.to_pylist()
        distinct = sorted(set(given))
        places = {text: place for place, text in enumerate(distinct)}
        return np.array([places[text] for text in given], np.int32), pd.Index(distinct, dtype="str")
    order = pc.sort_indices(labels)
    texts = labels.take(order)
    first = np.ones(len(texts), bool)
    if len(texts) > 1:
        other = pc.not_equal(texts.slice(1), texts.slice(0, len(texts) - 1))
        first[1:] = other.to_numpy(zero_copy_only=False)
    rank = np.empty(len(texts), np.int32)
    rank[order.to_numpy()] = np.cumsum(first) - 1
    return rank, pd.Index(texts.filter(pa.array(first)).to_pandas(), dtype="str")
