"""Names of government departments: spellings, abbreviations and later names of one department."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_APOSTROPHES: Final = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")


@dataclass(frozen=True)
class Department:
    """A department of 2014.

    Args:
        name: Its name, as GOV.UK wrote it in 2014.
        other_names: Abbreviations and variants of the name.
        later_names: Names of the departments that have its services in later tables, each with its
            abbreviations.
    """

    name: str
    other_names: tuple[str, ...] = ()
    later_names: tuple[tuple[str, ...], ...] = ()


DEPARTMENTS: Final = (
    Department("Attorney General’s Office", ("AGO",)),
    Department("Cabinet Office", ("CO",)),
    Department(
        "Department for Business, Innovation & Skills",
        ("BIS", "Business, Innovation & Skills"),
        (
            ("Department for Business, Energy & Industrial Strategy", "BEIS"),
            ("Department for Business & Trade", "DBT"),
        ),
    ),
    Department(
        "Department for Communities and Local Government",
        ("DCLG", "Communities & Local Government"),
        (
            ("Ministry of Housing, Communities & Local Government", "MHCLG"),
            ("Department for Levelling Up, Housing & Communities", "DLUHC"),
        ),
    ),
    Department(
        "Department for Culture, Media & Sport",
        ("DCMS", "Culture, Media & Sport"),
        (("Department for Digital, Culture, Media & Sport",),),
    ),
    Department("Department for Education", ("DfE",)),
    Department(
        "Department for Environment, Food & Rural Affairs",
        ("Defra", "Environment, Food & Rural Affairs"),
    ),
    Department("Department for International Development", ("DFID",)),
    Department("Department for Transport", ("DfT",)),
    Department("Department for Work and Pensions", ("DWP", "Work & Pensions")),
    Department(
        "Department of Energy & Climate Change",
        ("DECC", "Department for Energy & Climate Change"),
        (("Department for Energy Security & Net Zero", "DESNZ"),),
    ),
    Department(
        "Department of Health",
        ("DH", "DoH"),
        (("Department of Health & Social Care", "DHSC"),),
    ),
    Department(
        "Foreign & Commonwealth Office",
        ("FCO",),
        (("Foreign, Commonwealth & Development Office", "FCDO"),),
    ),
    Department(
        "HM Revenue & Customs",
        ("HMRC", "Her Majesty’s Revenue & Customs", "His Majesty’s Revenue & Customs"),
    ),
    Department("HM Treasury", ("HMT", "Treasury")),
    Department("Home Office", ("HO",)),
    Department("Ministry of Defence", ("MOD",)),
    Department("Ministry of Justice", ("MOJ",)),
    Department("Office for National Statistics", ("ONS",)),
)
"""The departments that the quarterly reports of 2014, or the tables supplied, have figures for."""


def fold_department(text: str) -> str:
    """Fold a name for a comparison: case, spaces, punctuation, ``&`` and a first ``the``.

    Args:
        text: A name as somebody wrote it.

    Returns:
        The folded name. Equal ones are one name.

    Example:
        >>> fold_department("The Home Office"), fold_department("HM Revenue & Customs")
        ('home office', 'hm revenue and customs')
    """
    words = _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", text.replace("&", " and "))).split()
    return " ".join(words).casefold().removeprefix("the ")


def department_name(text: str) -> str:
    """Standard name of a department.

    Args:
        text: Its name or abbreviation, in any spelling.

    Returns:
        The name as GOV.UK writes it; the text itself for a department that is not listed.

    Example:
        >>> department_name("HMRC"), department_name("hm revenue and customs")
        ('HM Revenue & Customs', 'HM Revenue & Customs')
        >>> department_name("BEIS")
        'Department for Business, Energy & Industrial Strategy'
    """
    return _STANDARD_NAMES.get(fold_department(text), text)


def department_of_2014(text: str) -> str:
    """Name that a department had in 2014, by which tables of different years are compared.

    A table of 2018 gives the services of 2014 to the department that had them in 2018. In the
    tables supplied, those of the Department for Business, Energy & Industrial Strategy were of the
    Department for Business, Innovation & Skills.

    Args:
        text: Its name or abbreviation, in any spelling.

    Returns:
        The name of 2014; the standard name of a department that is not listed.

    Example:
        >>> department_of_2014("Department of Health and Social Care")
        'Department of Health'
    """
    name = department_name(text)
    return _NAMES_OF_2014.get(name, name)


def edition_title(department: str) -> str:
    """Title of a department edition: ``Ministry of Justice edition``."""
    return f"{department} edition"


def list_departments(names: Iterable[str]) -> tuple[str, ...]:
    """List departments by their standard names, each once, sorted.

    Args:
        names: Names as tables spell them. Blank ones are left out.

    Returns:
        The standard names.
    """
    return tuple(sorted({department_name(name) for name in names if name}))


def _list_spellings() -> dict[str, str]:
    """Standard name of each folded name and abbreviation."""
    spellings: dict[str, str] = {}
    for department in DEPARTMENTS:
        for standard, *others in (
            (department.name, *department.other_names),
            *department.later_names,
        ):
            spellings |= {fold_department(text): standard for text in (standard, *others)}
    return spellings


_STANDARD_NAMES: Final = _list_spellings()
_NAMES_OF_2014: Final = {
    later[0]: department.name for department in DEPARTMENTS for later in department.later_names
}

LATER_NAMES: Final = tuple(sorted(_NAMES_OF_2014))
"""Standard names of the later departments that have their services."""

DEPARTMENT_NAMES: Final = tuple(sorted({department.name for department in DEPARTMENTS}))
"""Standard names of the departments of 2014."""
