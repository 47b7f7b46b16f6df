"""Iman and Conover's rank correlation: target correlations, with unchanged values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from workbook.methods.draws import draw_pert, random_stream
from workbook.methods.rank_correlation import induce_rank_correlation

COUNT = 10_000
COSTS = {"phone": (2.83, 2.83, 4.11), "post": (6.62, 6.62, 12.10), "counter": (8.62, 8.62, 10.53)}


def draw_costs(count=COUNT, names=tuple(COSTS)):
    return [draw_pert(*COSTS[name], count=count, seed=2014, name=name) for name in names]


def equal_correlations(coefficient, arrays=3):
    return np.where(np.eye(arrays, dtype=bool), 1.0, coefficient)


def rank_correlations(arrays):
    return np.corrcoef([stats.rankdata(array) for array in arrays])


@pytest.mark.parametrize("coefficient", [0.6, 0, -0.3, 0.95])
def test_ranks_have_the_target_correlation(coefficient):
    result = rank_correlations(
        induce_rank_correlation(draw_costs(), equal_correlations(coefficient), 2014, list(COSTS))
    )
    assert result == pytest.approx(equal_correlations(coefficient), abs=0.01)


def test_each_pair_has_its_own_coefficient():
    expected = np.array([[1, 0.8, -0.2], [0.8, 1, 0.1], [-0.2, 0.1, 1]])
    result = rank_correlations(induce_rank_correlation(draw_costs(), expected, 7, list(COSTS)))
    assert result == pytest.approx(expected, abs=0.01)


counts = st.integers(20, 60)


@given(counts, st.integers(0, 2**32 - 1), st.floats(-0.4, 0.9))
def test_every_array_keeps_exactly_its_values(count, seed, coefficient):
    before = draw_costs(count)
    after = induce_rank_correlation(before, equal_correlations(coefficient), seed, list(COSTS))
    for old, new in zip(before, after, strict=True):
        assert np.sort(new).tobytes() == np.sort(old).tobytes()


@given(counts, st.integers(0, 2**32 - 1))
def test_the_original_order_of_the_draws_does_not_matter(count, seed):
    before = draw_costs(count)
    result = induce_rank_correlation(before, equal_correlations(0.6), seed, list(COSTS))
    again = induce_rank_correlation(
        [draws[::-1] for draws in before], equal_correlations(0.6), seed, list(COSTS)
    )
    assert np.array_equal(result, again)


def test_the_input_draws_are_not_modified():
    before = draw_costs()
    original = [draws.copy() for draws in before]
    induce_rank_correlation(before, equal_correlations(0.6), 2014, list(COSTS))
    assert np.array_equal(before, original)


def test_the_order_depends_only_on_the_seed():
    def reordered(seed):
        return np.array(
            induce_rank_correlation(draw_costs(), equal_correlations(0.6), seed, list(COSTS))
        )

    assert reordered(1).tobytes() == reordered(1).tobytes()
    assert (reordered(1) != reordered(2)).any(axis=1).all()


def test_the_order_differs_from_that_of_the_parameters_draws():
    other = draw_pert(0, 0.5, 1, count=COUNT, seed=2014, name="post")
    (alone,) = induce_rank_correlation([draw_costs()[1]], [[1]], 2014, ["post"])
    assert abs(rank_correlations([alone, other])[0, 1]) < 0.03
    assert random_stream(1, "post").random() != random_stream(1, "post", "order").random()


def test_a_single_array_is_shuffled():
    before = draw_costs()[:1]
    (after,) = induce_rank_correlation(before, [[1]], 2014, ["phone"])
    assert sorted(after) == sorted(before[0])
    assert after[:9].tolist() != before[0][:9].tolist()


def test_a_constant_array_does_not_stop_the_others_from_correlating():
    first, second = draw_costs()[:2]
    after = induce_rank_correlation(
        [first, np.full(COUNT, 5.0), second], equal_correlations(0.6), 1, ["a", "b", "c"]
    )
    assert (after[1] == 5).all()
    assert rank_correlations([after[0], after[2]])[0, 1] == pytest.approx(0.6, abs=0.01)


def test_tied_values_correlate_like_others():
    arrays = [np.arange(COUNT) % 10.0, np.arange(COUNT) % 20.0]
    result = induce_rank_correlation(arrays, equal_correlations(0.6, 2), 1, ["a", "b"])
    assert np.bincount(result[0].astype(int)).tolist() == [COUNT // 10] * 10
    assert rank_correlations(result)[0, 1] == pytest.approx(0.6, abs=0.02)


def test_few_draws_correlate_or_are_rejected():
    assert (
        len(induce_rank_correlation(draw_costs(30), equal_correlations(0.6), 1, list(COSTS))[0])
        == 30
    )
    for count in (0, 1, 2, 3):
        with pytest.raises(ValueError, match=f"{count} draws are too few to correlate 3 arrays"):
            induce_rank_correlation([np.arange(count)] * 3, equal_correlations(0.6), 1, list(COSTS))


@pytest.mark.parametrize(
    ("correlations", "message"),
    [
        (equal_correlations(-0.6), "are not positive definite, so no draws can have them"),
        (equal_correlations(1), "are not positive definite"),
        (
            equal_correlations(5.5),
            "are not positive definite",
        ),  # 2 sin(5.5 π/6) would be valid by itself
        ([[1, 0.5, 0], [0.4, 1, 0], [0, 0, 1]], "must be symmetric, with ones on the diagonal"),
        (equal_correlations(0.6) * 2, "must be symmetric, with ones on the diagonal"),
        (equal_correlations(np.nan), "must be symmetric, with ones on the diagonal"),
        (
            equal_correlations(0.6, 2),
            "do not match 3 arrays of draws: each needs a row and a column",
        ),
        (0.6, "do not match 3 arrays of draws: each needs a row and a column"),
    ],
)
def test_impossible_correlations_are_rejected(correlations, message):
    with pytest.raises(ValueError, match=message):
        induce_rank_correlation(draw_costs(), correlations, 1, list(COSTS))


def test_correlations_with_impossible_normal_scores_are_rejected():
    # The least eigenvalue of the ranks is 0.01; that of the scores is below 0.
    expected = equal_correlations(-0.495)
    assert np.linalg.eigvalsh(expected)[0] > 0
    with pytest.raises(ValueError, match="not positive definite"):
        induce_rank_correlation(draw_costs(), expected, 1, list(COSTS))


@pytest.mark.parametrize("names", [["a", "b"], ["a", "b", "b"], ["a", "b", "c", "d"]])
def test_array_names_must_be_unique(names):
    with pytest.raises(ValueError, match="each array needs its own name"):
        induce_rank_correlation(draw_costs(), equal_correlations(0.6), 1, names)


@pytest.mark.parametrize("second", [np.ones(COUNT - 1), np.ones((COUNT, 1))])
def test_draws_of_different_shapes_are_rejected(second):
    with pytest.raises(ValueError, match="all must have the same length"):
        induce_rank_correlation(
            [draw_costs()[0], second], equal_correlations(0.6, 2), 1, ["a", "b"]
        )
