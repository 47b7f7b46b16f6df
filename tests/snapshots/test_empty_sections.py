"""Sections of a department's report that have nothing to show are left out."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from workbook.snapshots.empty_sections import leave_out_empty_sections


def code(*htmls):
    outputs = [new_output("display_data", {"text/html": html}) for html in htmls]
    return new_code_cell("show()", outputs=outputs)


def left_texts(*cells):
    """Sources of the Markdown cells and texts of the outputs that are left."""
    shown = leave_out_empty_sections(new_notebook(cells=list(cells)))
    return [
        text
        for cell in shown.cells
        for text in (
            [cell.source]
            if cell.cell_type == "markdown"
            else [output.data["text/html"] for output in cell.outputs]
        )
    ]


def test_a_section_of_empty_outputs_goes_with_its_prose():
    cells = (
        new_markdown_cell("# Title"),
        new_markdown_cell("## Claims\n\nThe working."),
        new_markdown_cell("More prose."),
        code("", '<p class="wb-empty">Claims: not checked.</p>'),
        new_markdown_cell("## Figures"),
        code("<table></table>", ""),
    )
    assert left_texts(*cells) == ["# Title", "## Figures", "<table></table>"]


def test_a_heading_of_an_output_goes_if_nothing_follows_it():
    headings = ['<div class="wb-prose"><h3>A</h3></div>', '<div class="wb-prose"><h3>B</h3></div>']
    cells = (new_markdown_cell("## Topics"), code(headings[0], "", headings[1], "<p>1</p>"))
    assert left_texts(*cells) == ["## Topics", headings[1], "<p>1</p>"]


def test_prose_alone_stays():
    cells = (new_markdown_cell("## Method"), new_markdown_cell("- A limit."))
    assert left_texts(*cells) == ["## Method", "- A limit."]


def test_an_empty_chart_is_no_content():
    chart = (
        '<figure class="wb-figure" id="chart-a" data-chart="a"><figcaption><h3>No sales</h3>'
        '</figcaption><div class="wb-plot"><p class="wb-description"><span>None.</span></p></div>'
        "<details></details></figure>"
    )
    drawn = chart.replace('<p class="wb-description">', "<svg></svg><p>")
    cells = (new_markdown_cell("## Sales"), code(chart), new_markdown_cell("## Time"), code(drawn))
    assert left_texts(*cells) == ["## Time", drawn]
