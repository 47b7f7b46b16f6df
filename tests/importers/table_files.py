"""Example files: a small table in tidy and published form, in every format."""

import csv
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
from openpyxl import Workbook

from workbook.exports.xlsx_to_ods import xlsx_to_ods

PUBLISHED_FOLDER = Path(__file__).parents[2].parent / "shared" / "real" / "transactions"
TIDY_KEY_COLUMNS = ["department", "organisation", "service", "function", "funding", "window_end"]
TIDY_VALUE_COLUMNS = ["volume", "digital_volume", "cost_per_transaction"]
PUBLISHED_KEY_COLUMNS = ["Department", "Body/Agency", "Name of service"]
WINDOW_TITLES = {
    "2013-12": "January 2013 to December 2013",
    "2014-03": "April 2013 to March 2014",
    "2014-06": "July 2013 to June 2014",
}
MEASURES = ["volume", "digital volume", "cost per transaction (£)"]


def to_csv(rows, delimiter=","):
    """Return the rows as CSV text, as a spreadsheet saves them."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def published_header(spans=WINDOW_TITLES, measures=MEASURES):
    """Return the header of a published file with these windows and measures."""
    windows = [f"{span}: {measure}" for span in spans.values() for measure in measures]
    return [*PUBLISHED_KEY_COLUMNS, *windows, "Service Type", "Business model"]


def published_rows(*services, spans=WINDOW_TITLES, header=None):
    """Return rows of a published file; each service is a name and its cells, by window."""
    rows = [
        ["Ministry", "Agency", name, *cells, "Registering", "Taxpayers"]
        for name, *cells in services
    ]
    return [header or published_header(spans), *rows]


def tidy_rows(*rows):
    """Return rows of a tidy table; each row is a service, a window and three figures."""
    table_rows = [["Ministry", "Agency", name, "", "", *cells] for name, *cells in rows]
    return [[*TIDY_KEY_COLUMNS, *TIDY_VALUE_COLUMNS], *table_rows]


def number_or_text(cell):
    """Return the cell as a number if it is one, otherwise as text."""
    try:
        return float(cell)
    except ValueError:
        return cell


def to_xlsx_bytes(rows):
    """Return the rows as the smallest XLSX file that spreadsheets open."""
    return build_xlsx("".join(f"<row>{''.join(map(_xlsx_cell, row))}</row>" for row in rows))


def build_xlsx(body, sheet="s.xml"):
    """Return an XLSX file whose only sheet has these rows, given as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office_relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
    content_types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{content_types}">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        f'<Override PartName="/xl/{sheet}" ContentType="{office}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package_relationships}"><Relationship Id="a" '
        f'Type="{office_relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office_relationships}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package_relationships}">'
        f'<Relationship Id="b" Type="{office_relationships}/worksheet" Target="{sheet}"/>'
        "</Relationships>",
        f"xl/{sheet}": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    return zip_parts(parts)


def ods_with_repeats(rows, columns, text):
    """Return an ODS file with one cell repeated over this many rows and columns."""
    namespace = "urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"
    spaces = " ".join(
        f'xmlns:{prefix}="{namespace.format(prefix)}"' for prefix in ("office", "table", "text")
    )
    return zip_parts(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}">'
            f'<table:table-cell table:number-columns-repeated="{columns}">{text}'
            "</table:table-cell></table:table-row></table:table></office:spreadsheet>"
            "</office:body></office:document-content>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{namespace.format("manifest")}"/>',
        }
    )


def zip_parts(parts):
    """Return a zip archive of parts by file name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def _xlsx_cell(cell):
    if isinstance(cell, float):
        return f"<c><v>{cell!r}</v></c>"
    text = escape(cell)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if cell else "<c/>"


def with_numbers(rows):
    """Return the rows with numeric cells as numbers."""
    header, *body = rows
    return [header, *([number_or_text(cell) for cell in row] for row in body)]


def to_parquet(rows):
    """Return the rows as a Parquet file of text columns."""
    header, *body = rows
    file = io.BytesIO()
    pd.DataFrame(body, columns=header, dtype="str").to_parquet(file, index=False)
    return file.getvalue()


def to_ods(**sheets):
    """Return sheets of rows, by sheet name, as an OpenDocument spreadsheet."""
    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(file)
    return xlsx_to_ods(file.getvalue())


WRITERS = {
    "csv": lambda rows: to_csv(rows).encode(),
    "csv with a mark": lambda rows: b"\xef\xbb\xbf" + to_csv(rows).encode(),
    "tsv": lambda rows: to_csv(rows, "\t").encode(),
    "semicolons": lambda rows: to_csv(rows, ";").encode(),
    "xlsx": lambda rows: to_xlsx_bytes(with_numbers(rows)),
    "ods": lambda rows: to_ods(Data=with_numbers(rows)),
    "parquet": to_parquet,
}
"""Writers of the same rows, by format."""
