"""Write an outcome to a file that is taken away, in the form that the file's suffix names."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, get_args

from workbook.exports.chart_pictures import charts_to_zip
from workbook.exports.document_template import DocumentKind, check_template
from workbook.exports.outcome_content import OutcomeContent, gather_content
from workbook.exports.outcome_page import to_outcome_page
from workbook.exports.slides import to_pptx
from workbook.exports.spreadsheet import to_xlsx
from workbook.exports.word_document import to_docx
from workbook.exports.xlsx_to_ods import xlsx_to_ods
from workbook.outcome import Outcome
from workbook.scenario import SCENARIO_FILE_SUFFIX
from workbook.scenario.scenario_file import format_scenario_file
from workbook.scenario.text_files import replace_files
from workbook.text.grammar import join_items
from workbook.topic import Tables, Topic

EXPORT_SUFFIXES: Final = (
    *(".xlsx", ".ods", ".docx", ".pptx", ".html", ".zip"),
    SCENARIO_FILE_SUFFIX,
)
"""Suffixes of the files that an outcome can be written to."""


def _write_spreadsheet(content: OutcomeContent) -> bytes:
    tables = (*content.tables, content.record, content.data)
    return to_xlsx(content.topic, content.outcome, tables)


_DOCUMENTS: Final[Mapping[DocumentKind, Callable[[OutcomeContent, Path | None], bytes]]] = {
    "docx": to_docx,
    "pptx": to_pptx,
}
_OTHER_FORMS: Final[Mapping[str, Callable[[OutcomeContent], bytes]]] = {
    ".xlsx": _write_spreadsheet,
    ".ods": lambda content: xlsx_to_ods(_write_spreadsheet(content)),
    ".zip": lambda content: charts_to_zip(content.charts),
    ".html": lambda content: to_outcome_page(content).encode(),
}


def export_outcome(  # noqa: PLR0913  an outcome, its file, and what they are made with
    topic: Topic,
    outcome: Outcome,
    path: str | Path,
    template: str | Path | None = None,
    *,
    link: str = "",
    uploaded: Tables | None = None,
) -> Path:
    """Write an outcome to a file, whole or not at all. The suffix of its name chooses the form.

    | Suffix | Content |
    | --- | --- |
    | ``.xlsx``, ``.ods`` | everything on the page, with the checksums of the data and the record |
    | ``.docx`` | answer, figures, charts with descriptions, and the first rows of tables |
    | ``.pptx`` | a slide for the answer, the key figures, each chart, and what to know |
    | ``.html`` | one page without scripts or external files |
    | ``.zip`` | every chart as SVG and PNG |
    | ``.toml`` | the scenario, as a file that can be opened again |

    Args:
        topic: The topic, also one that a notebook defines.
        outcome: Its outcome.
        path: File to write. A file of this name is replaced.
        template: Word document or presentation whose styles are used, for ``.docx`` and ``.pptx``.
        link: Address of the page with the scenario, for the record; empty for none.
        uploaded: Tables uploaded in this visit, by name.

    Returns:
        The path.

    Raises:
        ValueError: The suffix is none of these, or the template is no such document.
        OSError: The folder is missing, full or read-only.

    Example:
        >>> import tempfile
        >>> from workbook.topics.digital_inclusion import topic
        >>> target = Path(tempfile.mkdtemp(), "more starts.toml")
        >>> export_outcome(topic, topic.run(programme_starts=800_000, draws=100), target).name
        'more starts.toml'
    """
    target = Path(path)
    template = None if template is None else Path(template)
    check_export(target, template)
    content = make_file(topic, outcome, target.suffix, template, link=link, uploaded=uploaded)
    try:
        replace_files({target: content})
    except OSError as error:  # it names the draft that was to take the file's place
        raise OSError(error.errno, error.strerror, str(target)) from None
    return target


def make_file(  # noqa: PLR0913  as above
    topic: Topic,
    outcome: Outcome,
    suffix: str,
    template: Path | None = None,
    *,
    link: str = "",
    uploaded: Tables | None = None,
) -> bytes:
    """Make the content of a file of an outcome.

    Args:
        topic: The topic.
        outcome: Its outcome.
        suffix: Suffix of the file, one of ``EXPORT_SUFFIXES``.
        template: Document whose styles are used; None for our own.
        link: Address of the page with the scenario, for the record; empty for none.
        uploaded: Tables uploaded in this visit, by name.

    Returns:
        The file's bytes, the same for the same outcome.

    Raises:
        ValueError: The template is no such document, or there is no chart for an archive.
    """
    if suffix == SCENARIO_FILE_SUFFIX:
        return format_scenario_file(outcome.scenario.as_file(topic=topic.name)).encode()
    return make_export(gather_content(topic, outcome, uploaded, link), suffix, template)


def check_export(path: Path, template: Path | None) -> None:
    """Check a file's suffix and its template before anything is calculated.

    Args:
        path: The file.
        template: The template; None for none.

    Raises:
        ValueError: The suffix is none of ``EXPORT_SUFFIXES``, has no template, or the template is
            no such document.
    """
    if path.suffix not in EXPORT_SUFFIXES:
        suffixes = join_items(EXPORT_SUFFIXES, "or")
        raise ValueError(f"{path} cannot be written: its name must end in {suffixes}")
    if template is None:
        return
    kind = _document_kind(path.suffix)
    if kind is None:
        raise ValueError(f"{path} takes no template: only .docx and .pptx do")
    check_template(kind, template)


def make_export(content: OutcomeContent, suffix: str, template: Path | None = None) -> bytes:
    """Make the content of a file.

    Args:
        content: The outcome with its charts and tables.
        suffix: Suffix of the file, other than ``.toml``.
        template: Document whose styles are used; None for our own.

    Returns:
        The file's bytes, the same for the same outcome.

    Raises:
        ValueError: The template is no such document, or a chart cannot be drawn.
    """
    kind = _document_kind(suffix)
    return _OTHER_FORMS[suffix](content) if kind is None else _DOCUMENTS[kind](content, template)


def _document_kind(suffix: str) -> DocumentKind | None:
    return next((kind for kind in get_args(DocumentKind) if suffix == f".{kind}"), None)
