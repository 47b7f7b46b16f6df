"""The documentation site: it builds, its reference is complete, it needs no other host."""

import re
import subprocess
import sys

import pytest

from docs.foreign_resources import find_foreign_resources
from docs.reference import tables_page, topic_page
from tests import ROOT
from workbook import PUBLIC_NAME_MODULES
from workbook.topics.registry import TABLE_SCHEMAS, TOPICS


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built once as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "docs", str(folder)]
    build = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if build.returncode:
        pytest.fail(build.stdout + build.stderr, pytrace=False)
    return folder


@pytest.mark.slow
def test_the_site_has_every_page(site):
    pages = ["index", "guide/index", "method/index", "contributing", "changelog", "licence"]
    reference = ["index", "tables", "public_names", "methods", *TOPICS]
    for page in [*pages, *(f"reference/{name}" for name in reference)]:
        assert (site / f"{page}.html").is_file(), page


@pytest.mark.slow
def test_the_site_describes_every_public_name(site):
    text = (site / "reference/public_names.html").read_text(encoding="utf-8")
    for name in PUBLIC_NAME_MODULES:
        assert f">{name}<" in text, name


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_a_topic_s_page_describes_its_parameters_and_indicators(topic):
    page = topic_page(topic)
    names = [*topic.Scenario.parameters(), *(entry.name for entry in topic.run().indicators)]
    for name in names:
        assert f"`{name}`" in page


def test_the_page_of_tables_describes_every_column_and_source():
    page = tables_page(TABLE_SCHEMAS.values())
    for table in TABLE_SCHEMAS.values():
        assert f"## {table.name}\n" in page
        assert all(f"| `{column}` |" in page for column in table.schema.columns)
    assert page.count("- Source: ") == sum(len(t.sources) for t in TABLE_SCHEMAS.values())


@pytest.mark.parametrize(
    ("file_name", "content"),
    [
        ("a.html", '<script src="https://cdn.example/x.js"></script>'),
        ("a.html", '<img src="//cdn.example/x.png">'),
        ("a.html", '<link rel="stylesheet" href="https://cdn.example/x.css">'),
        ("a.html", "<style>@import 'https://cdn.example/x.css';</style>"),
        ("a.html", '<p style="background: url(https://cdn.example/x.png)">'),
        ("a.html", "<script>fetch('https://cdn.example/x')</script>"),
        ("a.css", '@font-face { src: url("https://fonts.example/x.woff2") }'),
        ("a.js", 'import("https://cdn.example/x.js")'),
        ("a.js", 'script.src = "https://cdn.example/x.js"'),
    ],
)
def test_a_resource_of_another_host_is_reported(tmp_path, file_name, content):
    (tmp_path / file_name).write_text(content, encoding="utf-8")
    assert len(find_foreign_resources(tmp_path)) == 1


@pytest.mark.parametrize(
    ("file_name", "content"),
    [
        ("a.html", '<a href="https://www.gov.uk/">GOV.UK</a> <img src="../x.png">'),
        ("a.html", '<link rel="canonical" href="https://docs.example/">'),
        ("a.css", "/* https://licence.example */ p { background: url(x.png) }"),
        ("a.js", '// https://licence.example\nconst namespace = "http://www.w3.org/2000/svg"'),
    ],
)
def test_a_link_is_no_resource(tmp_path, file_name, content):
    (tmp_path / file_name).write_text(content, encoding="utf-8")
    assert not find_foreign_resources(tmp_path)


LONGEST_SENTENCE = 25
NOT_PROSE = re.compile(r"```.*?```|^\|.*?$|(?<=\])\([^)]*\)|^#.*?$", re.DOTALL | re.MULTILINE)
SENTENCE_END = re.compile(r"(?<=[.?!])[”)]?\s+|\n\n+|\n(?=- |\d\. )")


@pytest.mark.parametrize("folder", ["", "docs/guide", "docs/method"])
def test_no_sentence_is_long(folder):
    paths = [path for path in (ROOT / folder).glob("*.md") if path.name != "CHANGELOG.md"]
    assert paths
    long_sentences = [
        f"{path.name}: {sentence}"
        for path in paths
        for sentence in SENTENCE_END.split(NOT_PROSE.sub("", path.read_text(encoding="utf-8")))
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert not long_sentences
