"""``workbook claims FILE``: a draft's numbers, the figures proposed for them, and its errors."""

import csv
import io
import json
import subprocess

import pytest
from pypandoc import get_pandoc_path

from tests.cli.july_report import NEEDS_REPORT, REPORT, find_claims
from workbook.cli import main
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.snapshot import make_snapshot
from workbook.topics.digital_inclusion import topic as inclusion

NOT_REPRODUCED = {"C02", "C11", "C12", "C16", "C70", "C74", "C75"}
LEAST_RIGHT_FIRST = 0.8
ALL_CLAIMS = 91

DRAFT = """
Take-up and skills

At the end of June, suppliers on the G-Cloud framework numbered 1,518. The Digital Inclusion Charter
has 53 signatories. The number of services on G-Cloud grew by a third, to 17,232.

We published this on 24 July 2014: see section 4 and figure 2. The canteen served 412 lunches.
"""

PARAPHRASES = [
    ("At the end of June, eighteen of the exemplars were in beta.", "C28", "unsupported"),
    ("The catalogue of services on G-Cloud grew by 26%.", "C70", "matched"),
    ("More than 59,000 people were trained by the NHS project.", "C47", "matched"),
    ("Government saved £310m in 2013-14.", "C14", "different"),
    ("Sales through G-Cloud had passed £175 million by April.", "C73", "unsupported"),
    ("Small firms took 60% of G-Cloud sales by value.", "C75", "different"),
    ("Fewer than 4.7 million people should lack basic digital skills by 2020.", "C43", "matched"),
    ("Mobiles made up 42% of visits to GOV.UK in May.", "C24", "different"),
    ("Nine exemplars were shown at Civil Service Live.", "C32", "matched"),
    ("Five of the call-off contracts went to SMEs.", "C77", "matched"),
    ("The strategy was published 20 months ago.", "C02", "matched"),
    ("Benefits exceed costs: probability 85%.", "savings.probability_npv_positive", "matched"),
    ("In 2020, 5.4 million people without skills.", "digital_inclusion.people_excluded", "matched"),
    ("The payback period is 6.4 years.", "savings.payback_years", "matched"),
    ("HMRC employs more than 100 specialists in digital.", "C54", "matched"),
    ("GDS assessed 16 services between April and June.", "C37", "matched"),
]  # fmt: skip

UNRELATED = [
    "The museum welcomed over 300 visitors.",
    "The bridge is 140 metres long.",
    "Rail fares rose by 4% in January.",
    "Some 46,000 trees were planted along the motorway.",
    "A third of farms grow wheat.",
    "The pension scheme has 59,000 members.",
    "We answered 83% of letters within 10 days.",
    "Two of the 9 lifts are out of order.",
]


@pytest.fixture
def run_claims(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder; returns its status, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["claims", *map(str, arguments)])
        output, errors = capsys.readouterr()
        return stopped.value.code, output, errors

    return run


@pytest.fixture
def check_text(run_claims, tmp_path):
    """Check a text; returns its numbers as JSON."""

    def check(text, *options):
        (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
        status, output, _ = run_claims("draft.txt", "--json", *options)
        assert status == 0
        return json.loads(output)

    return check


def write_document(folder, text, kind):
    """Write a text as a document of a kind; returns its file."""
    file = folder / f"draft.{kind}"
    arguments = [get_pandoc_path(), "--from=markdown", f"--to={kind}", f"--output={file}"]
    subprocess.run(arguments, input=text.encode(), check=True)
    return file


def test_each_number_is_printed_with_its_status_and_working(run_claims, tmp_path):
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    status, output, errors = run_claims("draft.txt")
    assert (status, errors) == (0, "")
    assert "17,232 ÷ 13,668 − 1 = 26.1%." in output
    assert (
        "draft.txt: 5 numbers: 2 matched (2 only as published), 2 different and 1 unsup" in output
    )
    assert "A person confirms which figure each number states." in output


def test_a_document_gives_what_its_text_gives(run_claims, check_text, tmp_path):
    fields = ("printed", "status", "basis", "sentence")
    expected = [[number[field] for field in fields] for number in check_text(DRAFT)]
    for kind in ("docx", "odt", "html"):
        status, output, _ = run_claims(write_document(tmp_path, DRAFT, kind), "--json")
        found = [[number[field] for field in fields] for number in json.loads(output)]
        assert (status, found) == (0, expected), kind


def test_sentences_in_other_words_are_proposed_their_figure(check_text):
    numbers = check_text("\n\n".join(sentence for sentence, _, _ in PARAPHRASES))
    found = [(n["sentence"], n["proposals"][0]["id"], n["status"]) for n in numbers]
    assert found == PARAPHRASES


def test_numbers_of_other_things_are_unsupported(check_text):
    numbers = check_text("\n\n".join(UNRELATED))
    assert {number["status"] for number in numbers} == {"unsupported"}


@NEEDS_REPORT
@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_the_july_report_is_proposed_its_own_figures(run_claims, tmp_path, kind):
    text = REPORT.read_text(encoding="utf-8")
    file = REPORT if kind == "txt" else write_document(tmp_path, text, kind)
    status, output, errors = run_claims(file, "--json")
    assert (status, errors) == (0, "")
    claims = find_claims(json.loads(output))
    right = [c for c, n in claims.items() if n["proposals"] and n["proposals"][0]["id"] == c]
    assert len(right) >= LEAST_RIGHT_FIRST * ALL_CLAIMS
    statuses = {claim: number["status"] for claim, number in claims.items()}
    assert {statuses[claim] for claim in NOT_REPRODUCED & statuses.keys()} == {"different"}


@NEEDS_REPORT
def test_a_report_without_headings_is_proposed_its_figures_too(check_text):
    paragraphs = REPORT.read_text(encoding="utf-8").split("\n\n")
    text = "\n\n".join(p for p in paragraphs if p.strip().endswith((".", ":")) or "•" in p)
    matched = [n for n in check_text(text) if n["status"] == "matched"]
    assert not NOT_REPRODUCED & {number["proposals"][0]["id"] for number in matched}


def test_confirmed_figures_are_kept_in_a_file_and_checked_again(run_claims, tmp_path):
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    assert run_claims("draft.txt", "-o", "figures.csv")[0] == 0
    file = tmp_path / "figures.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    for row in rows:
        if row["figure"]:
            row |= {
                "confirmed": row["figure"],
                "confirmed_by": "A Person",
                "confirmed_on": "2014-07-18",
            }
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "draft.txt").write_text(DRAFT.replace("1,518", "1,581"), encoding="utf-8")
    status, output, errors = run_claims("draft.txt", "--confirmed", "figures.csv", "--json")
    assert (status, errors) == (0, "")
    changed = [
        number["printed"]
        for number in json.loads(output)
        if number["confirmed"] and number["status"] != number["confirmed"]["status"]
    ]
    assert changed == ["1,581"]


def test_the_indicators_of_a_snapshot_are_used_if_its_seals_hold(run_claims, tmp_path):
    scenario = inclusion.Scenario().replace(programme_starts=800_000)
    store = tmp_path / "archive"
    make_snapshot(prepare_snapshot("2014-Q2", [(inclusion, scenario)], store))
    excluded = inclusion.run(scenario)["people_excluded"].value
    draft = tmp_path / "draft.txt"
    path = inclusion.run(scenario).tables["path"].frame.set_index("year")["people_excluded"]
    draft.write_text(
        f"In 2020, {excluded / 1e6:.2f} million people without basic digital skills.\n\n"
        f"In 2017, {path[2017] / 1e6:.2f} million people without basic digital skills.",
        "utf-8",
    )
    options = (draft, "--snapshot", "2014-Q2", "--store", store, "--json")
    status, output, _ = run_claims(*options)
    assert status == 0
    indicator, cell = [number["proposals"][0] for number in json.loads(output)]
    assert indicator["id"] == "digital_inclusion.people_excluded"
    assert indicator["origin"] == "snapshot 2014-Q2/r1"
    assert cell["id"] == "digital_inclusion.path.2017.people_excluded"
    assert cell["origin"].startswith("snapshot 2014-Q2/r1, table “People without basic")
    indicators = store / "2014-Q2/r1/digital_inclusion/indicators.csv"
    indicators.write_text(indicators.read_text("utf-8").replace("8", "9", 1), "utf-8")
    status, _, errors = run_claims(*options)
    assert status == 2
    assert errors.startswith("2014-Q2/r1 has changed since it was sealed")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["draft.txt", "-o", "x.xlsx"], "x.xlsx cannot be written: its name must end in .csv."),
        (["draft.txt", "-o", "draft.csv"], "draft.csv already exists"),
        (["draft.txt", "--confirmed", "no.csv"], "no.csv cannot be read: no such file"),
        (["draft.txt", "--confirmed", "draft.csv"], "draft.csv is not a file of confirmed figures"),
        (["draft.txt", "--snapshot", "2014-Q2"], "2014-Q2 is not in snapshots."),
        (["--confirmed", "draft.csv"], "--confirmed is for a draft: name the draft's FILE."),
        (["no.docx"], "no.docx cannot be read: no such file"),
    ],
)
def test_an_invalid_request_is_one_sentence_and_writes_nothing(
    run_claims, tmp_path, options, message
):
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "draft.csv").write_text("a\n1\n", encoding="utf-8")
    status, output, errors = run_claims(*options)
    assert (status, output) == (2, "")
    assert errors.startswith(message)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.csv", "draft.txt"]
