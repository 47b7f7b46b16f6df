"""Counts as the mathematics takes them."""

import pytest

from workbook.methods.counts import align_arrays, validate_counts


def test_aligned_counts_become_floats():
    one, other = align_arrays([1, 2], (3, 4))
    assert (one.tolist(), other.dtype) == ([1, 2], float)


@pytest.mark.parametrize("given", [([1], [1, 2]), ([[1]], [[1]]), (1, 1)])
def test_what_is_not_aligned_is_refused(given):
    with pytest.raises(ValueError, match="not aligned"):
        align_arrays(*given)


def test_digital_above_volume_is_kept_as_published():
    digital, volume = validate_counts([12], [10])
    assert (digital.tolist(), volume.tolist()) == ([12], [10])
