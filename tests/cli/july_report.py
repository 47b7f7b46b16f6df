"""The July 2014 report, where it is at hand, and the number that states each of its claims."""

from collections import Counter

import pytest

from tests import ROOT

REPORT = ROOT.parent / "shared/seed/quarterly-progress-report-july-2014.txt"

NEEDS_REPORT = pytest.mark.skipif(
    not REPORT.is_file(), reason="the report's text is not kept in the project"
)

CLAIM_NUMBERS = """
    C01 16 1, C89 3 months 1, C02 18 months 1, C03 three-quarters 1, C04 300 1, C05 Two 1, C06 25 1,
    C07 46 million 1, C08 16 2, C09 the majority 1, C10 3 1, C12 4 1, C14 £210 million 1, C15 300 2,
    C16 4 2, C17 3 2, C18 65 1, C19 300 3, C20 50 1, C21 three-quarters 2, C22 4% 1, C23 a third 1,
    C24 24% 1, C25 12% 1, C26 25 2, C27 4 3, C28 18 1, C29 3 3, C30 6 1, C31 Three 1, C32 Nine 1,
    C33 4 4, C34 5 days 1, C35 140 1, C36 100,000 1, C37 16 3, C38 Two 2, C39 100,000 2, C40 30 1,
    C41 21% 1, C42 25% 1, C43 4.7 million 1, C44 52 1, C45 7 1, C46 8 1, C47 59,000 1,
    C92 3 months 2, C48 4 5, C49 18 2, C50 46,000 1, C51 30 2, C52 1-day 1, C53 16 4, C54 100 1,
    C55 16 5, C56 30 3, C57 83% 1, C58 5 1, C59 6 month 1, C60 1 2, C61 second 1, C62 100 2,
    C94 5 2, C63 439 1, C64 93% 1, C65 1,518 1, C66 88% 1, C68 4% 2, C70 a third 2, C71 13,668 1,
    C72 17,232 1, C73 £175 million 1, C74 60% 1, C75 60% 1, C76 9 1, C77 5 3, C78 £2.3 million 1,
    C79 30% 1, C80 18 3, C81 82 1, C82 37 1, C83 17 1, C84 85 1, C85 16 6, C86 £210 million 2
"""
"""For each claim the number as printed, and which of those printed so it is, from 1.

Six claims are stated in words without a number: C11, C87, C88, C90, C91 and C93.
"""


def find_claims(numbers):
    """The number that states each claim, found by how it is printed and not by what is proposed.

    Args:
        numbers: The numbers as `workbook claims FILE --json` prints them.

    Returns:
        The number of each claim that is stated by one, by the claim's identifier.
    """
    repeated = Counter()
    by_print = {}
    for number in numbers:
        repeated[number["printed"]] += 1
        by_print[number["printed"], repeated[number["printed"]]] = number
    claims = {}
    for entry in CLAIM_NUMBERS.replace("\n", " ").split(", "):
        claim, printed = entry.strip().split(" ", 1)
        printed, occurrence = printed.rsplit(" ", 1)
        claims[claim] = by_print[printed, int(occurrence)]
    return claims
