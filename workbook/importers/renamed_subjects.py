"""Match the subjects of a table, such as services, that another release calls by another name."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Subject = tuple[str, ...]
"""Key of a row without its period. The last part is the name of the subject."""

Figures = Mapping[tuple[str, str], float]
"""Figures of a subject that are known, by period and column."""

MatchBasis = Literal["spelling", "figures"]

SPELLING: Final = "spelling"
SAME_FIGURES: Final = "figures"

_LEAST_FIGURES: Final = 2
"""Different figures, apart from 0, that two subjects must share: one can be equal by chance."""

_SIMILARITY: Final = 0.85
"""Least similarity of two names, from 0 to 1, that are taken for one (the ratio of ``difflib``)."""

_NOT_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class RenamedSubject:
    """A subject under its old and its new name.

    Args:
        old: The subject in the earlier table.
        new: The subject in the later table.
        basis: Why they are taken for one: their names differ in spelling only, or they have the
            same figures.
    """

    old: Subject
    new: Subject
    basis: MatchBasis


def match_renamed(
    left: Mapping[Subject, Figures], came: Mapping[Subject, Figures]
) -> tuple[RenamedSubject, ...]:
    """Match subjects that left a table with subjects that came into it.

    Two are one if their names differ only in case, spaces or punctuation. They are also one if no
    figure that both have differs, at least two do not, and either all parts of the key but one are
    equal or the names are nearly identical. A subject with several such partners is not matched.

    Args:
        left: The figures of each subject that only the earlier table has.
        came: The figures of each subject that only the later table has.

    Returns:
        The matches, in the order of ``left``.

    Example:
        >>> figures = {("2014-03", "visits"): 300.0, ("2014-06", "visits"): 310.0}
        >>> [match] = match_renamed(
        ...     {("Office", "Boat tax"): figures}, {("Office", "Tax your boat"): figures}
        ... )
        >>> match.new, match.basis
        (('Office', 'Tax your boat'), 'figures')
    """
    matches = list(_unique_pairs(_spelling_pairs(left, came), SPELLING))
    old_matched = {match.old for match in matches}
    new_matched = {match.new for match in matches}
    remaining = {old: figures for old, figures in left.items() if old not in old_matched}
    others = {new: figures for new, figures in came.items() if new not in new_matched}
    matches += _unique_pairs(_figure_pairs(remaining, others), SAME_FIGURES)
    order = {subject: place for place, subject in enumerate(left)}
    return tuple(sorted(matches, key=lambda match: order[match.old]))


def _unique_pairs(
    pairs: Iterable[tuple[Subject, Subject]], basis: MatchBasis
) -> Iterator[RenamedSubject]:
    """The pairs of which neither side has another partner."""
    pairs = list(pairs)
    old_count, new_count = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    for old, new in pairs:
        if old_count[old] == new_count[new] == 1:
            yield RenamedSubject(old, new, basis)


def _spelling_pairs(
    left: Iterable[Subject], came: Iterable[Subject]
) -> Iterator[tuple[Subject, Subject]]:
    by_spelling = defaultdict(list)
    for new in came:
        by_spelling[tuple(map(_fold_case, new))].append(new)
    for old in left:
        for new in by_spelling[tuple(map(_fold_case, old))]:
            yield old, new


def _figure_pairs(
    left: Mapping[Subject, Figures], came: Mapping[Subject, Figures]
) -> Iterator[tuple[Subject, Subject]]:
    by_figure = defaultdict(set)
    for new, figures in came.items():
        for place, figure in figures.items():
            if figure:
                by_figure[place, figure].add(new)
    for old, figures in left.items():
        shared = Counter(
            new for place, figure in figures.items() for new in by_figure.get((place, figure), ())
        )
        for new in (new for new in came if new in shared):
            if _have_same_figures(figures, came[new]) and _is_alike(old, new):
                yield old, new


def _have_same_figures(first: Figures, second: Figures) -> bool:
    common = first.keys() & second.keys()
    distinct = {first[place] for place in common} - {0.0}
    return len(distinct) >= _LEAST_FIGURES and all(
        first[place] == second[place] for place in common
    )


def _is_alike(old: Subject, new: Subject) -> bool:
    """Whether all parts but one are equal, or the names are nearly identical."""
    differing = sum(before != after for before, after in zip(old, new, strict=True))
    if len(old) > 1 and differing == 1:
        return True
    names = difflib.SequenceMatcher(None, _fold_case(old[-1]), _fold_case(new[-1]), autojunk=False)
    return names.ratio() >= _SIMILARITY


def _fold_case(text: str) -> str:
    return _NOT_WORDS.sub(" ", text).strip().casefold()
