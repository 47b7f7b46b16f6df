"""An outcome in every form in which it is taken away, read back; for a topic of our own too."""

import errno
import io
import re
import zipfile
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest
from PIL import Image

from tests.analysis.example_topic import topic as own_topic
from tests.exports.read_files import read_ods, read_xlsx
from tests.widgets.example_topic import VALID_CSV
from tests.widgets.example_topic import topic as visits_topic
from workbook.exports import outcome_content
from workbook.exports.chart_captions import caption_texts
from workbook.exports.export_outcome import (
    EXPORT_SUFFIXES,
    check_export,
    export_outcome,
    gather_content,
    make_export,
)
from workbook.exports.licences import state_licence
from workbook.exports.outcome_page import DOCUMENT_ROWS
from workbook.exports.pandoc import read_default_file
from workbook.scenario import open_scenario_file
from workbook.tables import OPEN_GOVERNMENT_LICENCE
from workbook.tables.deflator import deflator
from workbook.topics.digital_inclusion import topic
from workbook.topics.registry import TOPICS
from workbook.widgets.study import Study

LINK = "https://workbook.example.gov.uk/digital_inclusion?programme_starts=800000"
CHANGED = {"programme_starts": 800_000, "draws": 100}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ALTERNATIVE = re.compile(r'<pic:cNvPr [^>]*?descr="([^"]*)"|<p:pic>.*?descr="([^"]*)"', re.DOTALL)


def make_content(selected, **values):
    return gather_content(selected, selected.run(**values), link=LINK)


@pytest.fixture(scope="module")
def content():
    return make_content(topic, **CHANGED)


@pytest.fixture(scope="module")
def own_content():
    return make_content(own_topic, riders=12)


def zip_parts(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def word_parts(content):
    return zip_parts(make_export(content, ".docx"))


@pytest.fixture(scope="module")
def slide_parts(content):
    return zip_parts(make_export(content, ".pptx"))


def slides(parts):
    """The slides as text, in their order."""
    names = [name for name in parts if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
    return [parts[name].decode() for name in sorted(names, key=lambda name: int(name[16:-4]))]


def slides_text(shown):
    """All text on the slides of an outcome."""
    pages = slides(zip_parts(make_export(shown, ".pptx")))
    return " ".join(text for page in pages for text in re.findall(r"<a:t>([^<]*)</a:t>", page))


def word_texts(parts):
    document = fromstring(parts["word/document.xml"])
    return [
        ("".join(text.text or "" for text in paragraph.iter(f"{WORD}t")))
        for paragraph in document.iter(f"{WORD}p")
    ]


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_every_form_is_written_for_an_own_topic_and_is_the_same_again(tmp_path, suffix):
    outcome = own_topic.run(riders=12)
    first, second = (
        export_outcome(own_topic, outcome, tmp_path / f"{name}{suffix}") for name in ("a", "b")
    )
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_the_spreadsheets_have_everything_that_the_page_shows(tmp_path, content):
    for suffix, read in ((".xlsx", read_xlsx), (".ods", read_ods)):
        path = tmp_path / f"everything{suffix}"
        path.write_bytes(make_export(content, suffix))
        sheets = read(path)
        assert {"Cover", "Notes", "Indicators", "Scenario", "path", "swing"} <= sheets.keys()
        assert "probability_of_target_by_programme_starts"[:31] in sheets
        [starts] = [row for row in sheets["Scenario"] if row[:1] == ["programme_starts"]]
        assert starts[2:5] == [800_000, 300_000, "yes"]
        assert any("Share who drop out" in row for row in sheets["assumptions"])
        record = dict(row for row in sheets["record"] if len(row) == 2)
        assert record["Quarter"] == "2014-Q2"
        assert record["Link"] == LINK
        assert record["Scenario"] == "2 changes from the published assumptions"
        assert record["Code"].startswith("release ")
        [hashed] = {row[2] for row in sheets["data"] if row[:1] == ["inclusion_observed"]}
        assert re.fullmatch(r"[0-9a-f]{64}", hashed)


def test_the_document_has_the_answer_tables_and_described_pictures(word_parts, content):
    texts = word_texts(word_parts)
    assert texts[:3] == [content.title, topic.question, content.outcome.headline]
    for indicator in content.outcome:
        assert {indicator.label, indicator.formatted_value} <= set(texts)
    captions = [caption_texts(chart) for chart in content.charts.values()]
    xml = word_parts["word/document.xml"].decode()
    described = [first for first, _ in ALTERNATIVE.findall(xml)]
    assert len(described) == len(captions) == xml.count("<w:drawing>")
    for caption, description in zip(captions, described, strict=True):
        assert caption["title"] in texts
        assert description.replace("&quot;", '"')[:40] == caption["description"][:40]
    assert xml.count("<w:tblHeader") == xml.count("<w:tbl>") > 5
    assert any(LINK in text for text in texts)
    assert 'w:w="11906"' in xml  # A4


def test_pictures_are_sharp_and_no_file_is_outside_the_document(word_parts, slide_parts):
    for parts in (word_parts, slide_parts):
        pictures = [name for name in parts if "/media/" in name and name.endswith(".png")]
        assert pictures
        for name in pictures:
            assert Image.open(io.BytesIO(parts[name])).width >= 1_200
        assert not [name for name in parts if b'TargetMode="External"' in parts[name]]
        assert b"data:image" not in b"".join(parts.values())


def test_a_document_has_the_first_rows_of_a_long_table(own_content):
    frame = pd.DataFrame({"year": range(2_000, 2_040)})
    [table] = [table for table in own_content.tables if table.name == "earned_by_fare"]
    long_table = replace(
        table, frame=pd.concat([table.frame] * 3, ignore_index=True).head(DOCUMENT_ROWS + 5)
    )
    assert len(frame) > DOCUMENT_ROWS
    shortened = replace(own_content, tables=(long_table,))
    texts = word_texts(zip_parts(make_export(shortened, ".docx")))
    assert any("first 15 of 20 rows. The spreadsheet" in text for text in texts)


def test_slides_have_the_answer_the_figures_and_a_chart_each(slide_parts, content):
    pages = slides(slide_parts)
    texts = [re.findall(r"<a:t>([^<]*)</a:t>", page) for page in pages]
    assert " ".join(texts[0]) == f"{topic.question} {content.outcome.headline} {content.title}"
    assert texts[1][0] == "Key figures"
    assert "<a:tbl>" in pages[1]
    captions = [caption_texts(chart) for chart in content.charts.values()]
    pictures = [page for page in pages if "<p:pic>" in page]
    assert len(pictures) == len(captions)
    for caption, page in zip(captions, pictures, strict=True):
        [(_, description)] = ALTERNATIVE.findall(page)
        assert description.replace("&quot;", '"')[:40] == caption["description"][:40]
        assert caption["title"].split()[0] in page
    assert [text[0] for text in texts if text[0] == "What was changed"] == ["What was changed"]
    assert 'cx="9144000" cy="5143500"' in slide_parts["ppt/presentation.xml"].decode()


def test_a_chart_with_too_many_rows_for_a_slide_is_put_into_words():
    pages = slides(zip_parts(make_export(make_content(visits_topic), ".pptx")))
    [page] = [page for page in pages if "too many rows for a slide" in page]
    texts = re.findall(r"<a:t>([^<]*)</a:t>", page)
    assert texts[0] == "Visits by service"
    assert "A dot for each service." in texts
    assert "<p:pic>" not in page


def test_slides_are_numbered_as_they_are_and_the_last_says_if_there_is_more(own_content):
    def headings(title, count):
        notes = tuple(f"Note {number} is a note. " * 35 for number in range(count))
        noted = replace(own_content, outcome=replace(own_content.outcome, notes=notes))
        pages = slides(zip_parts(make_export(noted, ".pptx")))
        texts = [re.findall(r"<a:t>([^<]*)</a:t>", page)[0] for page in pages]
        return [text for text in texts if text.startswith(title)]

    title = "What to know about these figures"
    assert headings(title, 5) == [f"{title} (1 of 2)", f"{title} (2 of 2; the document has more)"]
    assert headings(title, 2) == [f"{title} (1 of 2)", f"{title} (2 of 2)"]
    assert headings(title, 1) == [title]


def test_documents_and_slides_have_a_title_and_no_author(word_parts, slide_parts, content):
    for parts in (word_parts, slide_parts):
        properties = parts["docProps/core.xml"].decode()
        assert f"<dc:title>{content.title}</dc:title>" in properties
        assert "<dc:creator></dc:creator>" in properties


def test_without_tables_there_is_no_heading_for_them(own_content):
    assert {"riders", "paying"} <= set(own_content.assumptions.frame["parameter"])
    without = replace(own_content, tables=(own_content.assumptions,))
    headings = [
        re.findall("<h2>([^<]*)</h2>", make_export(shown, ".html").decode())
        for shown in (own_content, without)
    ]
    assert "Tables" in headings[0]
    assert headings[1] == [heading for heading in headings[0] if heading != "Tables"]


def test_the_licence_is_stated_only_for_figures_that_carry_it(content):
    statement = (
        "Contains public sector information licensed under the Open Government Licence v3.0."
    )
    assert statement in make_export(content, ".html").decode()
    assert f"Sources {statement}" in slides_text(content)
    uploaded = gather_visits(VALID_CSV)
    for other in (uploaded, make_content(own_topic)):
        assert "Open Government Licence" not in make_export(other, ".html").decode()
        assert "Open Government Licence" not in slides_text(other)
    [visits] = visits_topic.tables
    sourced = replace(visits_topic, tables=(replace(visits, licence=OPEN_GOVERNMENT_LICENCE),))
    assert state_licence(sourced, visits_topic.Scenario(data="visits")) == statement
    for name in ("upload:mine.csv", "./mine.csv", ""):
        assert not state_licence(sourced, visits_topic.Scenario(data=name))
    assert not state_licence(visits_topic, visits_topic.Scenario(data="visits"))


def test_slides_state_the_licence_also_where_not_all_sources_are_shown(content):
    names = tuple(f"Register {number} of a ministry with a long name" for number in range(60))
    table, *others = content.topic.tables
    sourced = replace(content.topic, tables=(replace(table, sources=names), *others))
    text = slides_text(replace(content, topic=sourced))
    assert "Sources (1 of 2) Contains public sector information" in text
    assert "Sources (2 of 2; the document has more)" in text


def test_each_published_topic_states_the_licence():
    for published in TOPICS.values():
        assert state_licence(published, published.Scenario())


def test_the_record_says_where_a_model_is_that_is_in_no_package(own_content, content):
    def code(shown):
        return dict(shown.record.frame.to_numpy().tolist())["Code"]

    def model(tables, scenario):
        return own_topic.model(tables, scenario)

    model.__module__ = "__main__"
    release = code(content)
    assert re.fullmatch(r"release [\d.]+-[0-9a-f]{8}", release)
    module = "tests.analysis.example_topic"
    assert code(own_content) == f"model in {module}; workbook {release}"
    of_notebook = replace(own_content, topic=replace(own_topic, model=model))
    assert code(of_notebook) == f"model in a notebook; workbook {release}"
    for published in TOPICS.values():
        assert code(replace(own_content, topic=published)) == release


def test_the_page_is_whole_by_itself(content):
    page = make_export(content, ".html").decode()
    assert page.count("<svg") == len(content.charts)
    assert page.count("<h1>") == 1
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)
    assert content.outcome.headline.split()[0] in page


def test_every_chart_is_packed_as_svg_and_png(content):
    parts = zip_parts(make_export(content, ".zip"))
    expected = [f"{name}.{suffix}" for name in content.charts for suffix in ("svg", "png")]
    assert list(parts) == expected
    assert parts["path.svg"].startswith(b"<svg")
    assert Image.open(io.BytesIO(parts["path.png"])).format == "PNG"


def test_a_scenario_file_gives_the_scenario_again(tmp_path):
    outcome = topic.run(**CHANGED)
    path = export_outcome(topic, outcome, tmp_path / "more starts.toml")
    assert open_scenario_file(path, topic.Scenario, topic.name).scenario == outcome.scenario


def test_a_template_gives_its_styles(tmp_path, own_content):
    for suffix, part in ((".docx", "word/styles.xml"), (".pptx", "ppt/theme/theme1.xml")):
        template = tmp_path / f"department{suffix}"
        template.write_bytes(read_default_file(f"reference{suffix}"))
        own, plain = (
            zip_parts(make_export(own_content, suffix, chosen))[part].decode()
            for chosen in (template, None)
        )
        assert own != plain
        assert ("w:color w:val" in own) if suffix == ".docx" else ("4F81BD" in own)


def zip_without_parts():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "text")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"\x89PNG\r\n\x1a\n", zip_without_parts(), zip_without_parts()[:-9]],
)
def test_what_is_no_document_is_no_template(tmp_path, content):
    template, target = tmp_path / "template.docx", tmp_path / "x.docx"
    template.write_bytes(content)
    with pytest.raises(ValueError, match=r"template\.docx cannot be used as a template: it is not"):
        export_outcome(own_topic, own_topic.run(), target, template)
    assert not target.exists()


def test_a_template_of_another_kind_a_damaged_or_a_missing_one_is_rejected(tmp_path):
    slides_template = tmp_path / "slides.pptx"
    slides_template.write_bytes(read_default_file("reference.pptx"))
    damaged = bytearray(slides_template.read_bytes())
    damaged[3_000:3_100] = bytes(100)
    (tmp_path / "damaged.pptx").write_bytes(damaged)
    for target, template, reason in (
        ("x.docx", slides_template, "it is not a Word document"),
        ("x.pptx", tmp_path / "damaged.pptx", "it is not a PowerPoint presentation"),
        ("x.pptx", tmp_path / "missing.pptx", "no such file"),
        ("x.pptx", tmp_path, "it is a folder"),
        ("x.xlsx", slides_template, "takes no template"),
        ("x.odp", None, "must end in .xlsx, .ods, .docx, .pptx, .html, .zip or .toml"),
    ):
        with pytest.raises(ValueError, match=re.escape(reason)):
            check_export(tmp_path / target, template)


def test_a_template_that_is_too_large_is_rejected(tmp_path):
    large, bomb = tmp_path / "large.docx", tmp_path / "bomb.docx"
    with large.open("wb") as file:
        file.truncate(21 * 2**20)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.xml", bytes(70 * 2**20))
    with pytest.raises(ValueError, match="it is larger than 20 MiB"):
        check_export(tmp_path / "x.docx", large)
    with pytest.raises(ValueError, match="its parts are larger than 200 MiB"):
        check_export(tmp_path / "x.docx", bomb)


def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path):
    target = tmp_path / "missing" / "x.toml"
    with pytest.raises(OSError, match="No such file") as error:
        export_outcome(own_topic, own_topic.run(), target)
    assert error.value.filename == str(target)


def test_a_full_disk_leaves_the_earlier_file_whole(tmp_path, monkeypatch):
    target = tmp_path / "x.toml"
    target.write_text("earlier", encoding="utf-8")

    def fail(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbook.scenario.text_files.os.fsync", fail)
    with pytest.raises(OSError, match="No space left") as error:
        export_outcome(own_topic, own_topic.run(), target)
    assert error.value.filename == str(target)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["earlier"]


def gather_visits(csv):
    """The content of an outcome that is based on an uploaded table."""
    uploaded = {"upload:mine.csv": pd.read_csv(io.StringIO(csv))}
    scenario = visits_topic.Scenario(data="upload:mine.csv")
    outcome = visits_topic.evaluate_model(visits_topic.load_tables(scenario, uploaded), scenario)
    return gather_content(visits_topic, outcome, uploaded)


def test_an_uploaded_table_is_used_and_named_in_the_record(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(make_export(gather_visits(VALID_CSV), ".xlsx"))
    sheets = read_xlsx(path)
    record = dict(row for row in sheets["record"] if len(row) == 2)
    assert record["Data"] == "mine.csv (uploaded, not kept)"
    assert ["Uploaded two", 30] in sheets["ranked"]


def test_the_release_of_the_data_is_of_the_tables_that_are_kept():
    """Two uploads of the same name are not said to be one release."""
    both = replace(visits_topic, tables=(*visits_topic.tables, deflator))
    uploaded = gather_visits(VALID_CSV)
    for content, count in ((uploaded, 0), (replace(uploaded, topic=both), 1)):
        data = outcome_content._data_table(content.topic, content.outcome, {"upload:mine.csv"})
        text = dict(replace(content, data=data).record.frame.to_numpy().tolist())["Data"]
        assert text.endswith("mine.csv (uploaded, not kept)")
        assert text.count("1 table, release ") == text.count("release") == count


def test_a_study_exports_its_scenario_also_with_a_template(tmp_path):
    study = Study(own_topic, own_topic.Scenario(riders=12))
    path = study.export(tmp_path / "rides.docx")
    texts = word_texts(zip_parts(path.read_bytes()))
    assert texts[0] == "Rides, 2014-Q2"
    assert "12" in texts
