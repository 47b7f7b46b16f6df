"""Columns of text in a frame: plain, or coded so that each text is held once."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

ColumnArray = npt.NDArray[Any] | pd.api.extensions.ExtensionArray
"""A column as a frame holds it."""

_FEW_LABELS = 5000


def to_text_array(texts: pa.Array, data_type: str, *, ordered: bool = False) -> ColumnArray:
    """Convert Arrow text to the array of a frame's column.

    Args:
        texts: An Arrow array of text, plain or dictionary-encoded.
        data_type: ``category`` for coded text, with its categories sorted, or ``str``.
        ordered: Whether the categories are ordered.

    Returns:
        The array.
    """
    if data_type == "category":
        return _to_categorical(texts, ordered=ordered)
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    return pd.Series(texts.cast(pa.string()).to_pandas(), dtype="str").array


def encode_labels(
    texts: ColumnArray,
) -> tuple[npt.NDArray[np.int64], "pd.Index[Any]"]:
    """Give each distinct text a code.

    Args:
        texts: A column of text, plain or coded.

    Returns:
        A code for each cell, -1 where it is blank, and the texts in order of their codes.
    """
    if isinstance(texts, pd.Categorical):
        return texts.codes.astype(np.int64), texts.categories
    codes, labels = pd.factorize(pd.Series(texts))
    return codes.astype(np.int64), labels


def _to_categorical(texts: pa.Array, *, ordered: bool) -> pd.Categorical:
    """Convert to a categorical whose categories are sorted, distinct and all in use."""
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
    """Rank of each label among the sorted distinct labels, and those.

    Up to a few thousand labels plain Python is faster than Arrow.
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
