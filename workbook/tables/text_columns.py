"""Convert text columns from Arrow to pandas, as categories or as plain text."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

ColumnArray = npt.NDArray[Any] | pd.api.extensions.ExtensionArray
"""Array of a column in a frame."""

_FEW_LABELS = 5000


def to_text_array(texts: pa.Array, data_type: str, *, ordered: bool = False) -> ColumnArray:
    """Convert Arrow text to a pandas array.

    Args:
        texts: The texts, which may be dictionary-encoded.
        data_type: ``category`` or ``str``.
        ordered: Whether the categories are ordered.

    Returns:
        The array. Categories are sorted.
    """
    if data_type == "category":
        return _to_categorical(texts, ordered=ordered)
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    return pd.Series(texts.cast(pa.string()).to_pandas(), dtype="str").array


def encode_labels(
    texts: ColumnArray,
) -> tuple[npt.NDArray[np.int64], "pd.Index[Any]"]:
    """Encode texts as integers.

    Args:
        texts: Cells of a column.

    Returns:
        Code of each cell, -1 where blank, and the distinct texts by code.
    """
    if isinstance(texts, pd.Categorical):
        return texts.codes.astype(np.int64), texts.categories
    codes, labels = pd.factorize(pd.Series(texts))
    return codes.astype(np.int64), labels


def _to_categorical(texts: pa.Array, *, ordered: bool) -> pd.Categorical:
    """Convert to a categorical with sorted categories, without unused ones."""
    encoded = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    indices, labels = encoded.indices, encoded.dictionary
    positions = (
        (indices.fill_null(-1) if indices.null_count else indices).to_numpy().astype(np.intp)
    )
    is_used = np.zeros(len(labels) + 1, bool)
    is_used[positions] = True
    if labels.null_count:
        is_used[:-1] &= labels.is_valid().to_numpy(zero_copy_only=False)
    used_positions = np.flatnonzero(is_used[:-1])
    rank, names = _rank_labels(
        labels if len(used_positions) == len(labels) else labels.take(pa.array(used_positions))
    )
    codes = np.full(len(labels) + 1, -1, np.min_scalar_type(-len(labels) - 1))
    codes[used_positions] = rank
    data_type = pd.CategoricalDtype(names, ordered=ordered)
    return pd.Categorical.from_codes(codes.take(positions), dtype=data_type, validate=False)


def _rank_labels(labels: pa.Array) -> tuple[npt.NDArray[np.int32], "pd.Index[Any]"]:
    """Rank of each label among the sorted distinct labels, and those labels.

    For few labels Python is faster than a call of Arrow for each step.
    """
    if len(labels) <= _FEW_LABELS:
        label_texts = labels.to_pylist()
        distinct = sorted(set(label_texts))
        ranks = {text: text_rank for text_rank, text in enumerate(distinct)}
        return np.array([ranks[text] for text in label_texts], np.int32), pd.Index(
            distinct, dtype="str"
        )
    order = pc.sort_indices(labels)
    texts = labels.take(order)
    is_first = np.ones(len(texts), bool)
    if len(texts) > 1:
        differs = pc.not_equal(texts.slice(1), texts.slice(0, len(texts) - 1))
        is_first[1:] = differs.to_numpy(zero_copy_only=False)
    rank = np.empty(len(texts), np.int32)
    rank[order.to_numpy()] = np.cumsum(is_first) - 1
    return rank, pd.Index(texts.filter(pa.array(is_first)).to_pandas(), dtype="str")
