"""Validation and alignment of counts."""

import pytest

from workbook.methods.counts import align_arrays, validate_counts


def test_aligned_counts_become_floats():
    one, other = align_arrays([1, 2], (3, 4))
    assert (one.tolist(), other.dtype) == ([1, 2], float)


@pytest.mark.parametrize("arrays", [([1], [1, 2]), ([[1]], [[1]]), (1, 1)])
def test_arrays_that_are_not_aligned_are_rejected(arrays):
    with pytest.raises(ValueError, match="not aligned"):
        align_arrays(*arrays)


def test_digital_above_volume_is_kept_as_published():
    digital, volume = validate_counts([12], [10])
    assert (digital.tolist(), volume.tolist()) == ([12], [10])
