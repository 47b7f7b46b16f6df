"""Propose the figures that a number of a draft may state, by words, value, unit and place."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workbook.claims.draft.agreement import agrees, unit_agreement
from workbook.claims.draft.catalogue import CELL, CatalogueFigure
from workbook.claims.draft.context import context_words
from workbook.claims.draft.draft_numbers import DraftNumber
from workbook.claims.draft.label_words import list_words

WORDS_WEIGHT: Final = 0.6
VALUE_WEIGHT: Final = 0.3
UNIT_WEIGHT: Final = 0.05
SECTION_WEIGHT: Final = 0.05
YEAR_PENALTY: Final = 0.1
CELL_PENALTY: Final = 0.05
"""What each part adds to a score of 1 at most, and what another year and a cell of a table lose."""

LEAST_WORDS: Final = 0.25
"""Score of the words below which nothing is proposed, whatever the value."""

LEAST_SCORE: Final = 0.45
LEAST_SCORE_OF_OTHER_VALUE: Final = 0.35
"""Score below which a figure is not proposed: with the same value, and with another."""

_SHORT_LABEL: Final = 4.0
"""Information, in nats, that is added to a label's own, so that a short one needs more words."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class Proposal:
    """A figure that a number may state, and why.

    Attributes:
        figure: The figure.
        words: Share of the words of the figure's label around the number, from 0 to 1. A rare word
            and a near word count more.
        value: 0 where the value differs. Otherwise up to 1, the fewer figures have the same value.
        unit: 1 for the same unit, 0.5 where the draft may have left it out, 0 for another.
        section: 1 where the number stands in the figure's section of the report, otherwise 0.
        is_other_year: Whether the sentence names years, and none that the label names.
        is_equal: Whether the number agrees with the figure within its printed digits.
    """

    figure: CatalogueFigure
    words: float
    value: float
    unit: float
    section: float
    is_other_year: bool
    is_equal: bool

    @property
    def score(self) -> float:
        """Weighted sum of the parts, up to 1."""
        return (
            WORDS_WEIGHT * self.words
            + VALUE_WEIGHT * self.value
            + UNIT_WEIGHT * self.unit
            + SECTION_WEIGHT * self.section
            - YEAR_PENALTY * self.is_other_year
            - CELL_PENALTY * (self.figure.source == CELL)
        )

    @property
    def is_near_enough(self) -> bool:
        """Whether the figure is worth proposing."""
        least = LEAST_SCORE if self.is_equal else LEAST_SCORE_OF_OTHER_VALUE
        return self.unit > 0 and self.words >= LEAST_WORDS and self.score >= least


class FigureIndex:
    """The figures of a catalogue, searched by the words of their labels.

    A word counts by its inverse document frequency (Spärck Jones, 1972): the fewer figures have
    it, the more it tells. The cells of tables, which are many and repeat words, are not counted.

    Args:
        figures: The figures.

    Attributes:
        figures: The figures by identifier.
    """

    def __init__(self, figures: Iterable[CatalogueFigure]) -> None:
        self.figures = {figure.id: figure for figure in figures}
        self._cells = {figure.id for figure in self.figures.values() if figure.source == CELL}
        self._sections = {figure.section for figure in self.figures.values() if figure.section}
        self._labels = [
            (figure.id, frozenset(word.stem for word in list_words(label)))
            for figure in self.figures.values()
            for label in figure.labels
        ]
        self._labels_with_stem: dict[str, list[int]] = defaultdict(list)
        for number, (_, stems) in enumerate(self._labels):
            for stem in stems:
                self._labels_with_stem[stem].append(number)
        self._information = self._measure_information()

    def _measure_information(self) -> dict[str, float]:
        counted = [figure for figure in self.figures.values() if figure.id not in self._cells]
        figures_with_stem: Counter[str] = Counter()
        for figure in counted:
            figures_with_stem.update(
                {word.stem for label in figure.labels for word in list_words(label)}
            )
        return {
            stem: math.log((len(counted) + 1) / max(1, figures_with_stem[stem]))
            for stem in self._labels_with_stem
        }

    def propose(self, number: DraftNumber) -> list[Proposal]:
        """Propose the figures that a number may state.

        Args:
            number: The number.

        Returns:
            The proposals, the best first; often none.
        """
        return [proposal for proposal in self.assess(number) if proposal.is_near_enough]

    def assess(self, number: DraftNumber) -> list[Proposal]:
        """Score every figure that shares a word with the text around a number.

        Args:
            number: The number.

        Returns:
            A proposal for each, the best first.
        """
        equal_ids = {
            figure.id for figure in self.figures.values() if _agrees_with_figure(number, figure)
        }
        section = self._find_section(number)
        years = set(_YEAR.findall(number.sentence))
        proposals = [
            Proposal(
                figure := self.figures[figure_id],
                words,
                self._value_score(figure_id, equal_ids),
                unit_agreement(number.unit, figure.unit),
                float(bool(section) and figure.section == section),
                is_other_year=_names_other_year(years, figure),
                is_equal=figure_id in equal_ids,
            )
            for figure_id, words in self._score_words(number).items()
        ]
        return sorted(proposals, key=lambda proposal: (-proposal.score, proposal.figure.id))

    def _score_words(self, number: DraftNumber) -> dict[str, float]:
        """Score the words of each figure's best label."""
        information_by_label: dict[int, float] = defaultdict(float)
        for stem, nearness in context_words(number).items():
            for label in self._labels_with_stem.get(stem, ()):
                information_by_label[label] += nearness * self._information[stem]
        scores: dict[str, float] = defaultdict(float)
        for label, information in information_by_label.items():
            figure_id, stems = self._labels[label]
            total = sum(self._information[stem] for stem in stems) + _SHORT_LABEL
            scores[figure_id] = max(scores[figure_id], information / total)
        return scores

    def _value_score(self, figure_id: str, equal_ids: set[str]) -> float:
        """How much an equal value tells: 1 if one figure has it, 0 if all have it, or none."""
        if figure_id not in equal_ids:
            return 0.0
        cells = set() if figure_id in self._cells else self._cells
        equal, total = len(equal_ids - cells), len(self.figures) - len(cells)
        return math.log(total / equal) / math.log(total) if total > 1 else 1.0

    def _find_section(self, number: DraftNumber) -> str:
        """The last heading above the number that is a section of a report in the catalogue."""
        known = (heading for heading in reversed(number.headings) if heading in self._sections)
        return next(known, "")


def _agrees_with_figure(number: DraftNumber, figure: CatalogueFigure) -> bool:
    """Whether a number agrees with a figure as published, or as recomputed."""
    computed = figure.verdict.computed if figure.verdict else None
    values = [figure.value] if computed is None else [figure.value, computed]
    return any(agrees(number, value, figure.unit) for value in values)


def _names_other_year(years: set[str], figure: CatalogueFigure) -> bool:
    figure_years = set(_YEAR.findall(" ".join(figure.labels)))
    return bool(years and figure_years) and not years & figure_years
