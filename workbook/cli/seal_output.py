"""Say in sentences whether a snapshot is as it was sealed."""

from collections.abc import Iterator

from workbook.snapshots.seal import SealReport
from workbook.text.grammar import format_count


def describe_seal_report(report: SealReport) -> Iterator[str]:
    """Describe a verification.

    Args:
        report: Its result.

    Yields:
        One sentence where every file is as it was sealed, else a sentence for each that is not.
    """
    if not report.mismatches:
        files = format_count(report.files, "file is", "files are")
        yield f"{report.snapshot}: {files} as sealed."
    for mismatch in report.mismatches:
        yield f"{report.snapshot}: {mismatch.file} {mismatch.problem}."
