"""What is said of a revised table, also of the published releases."""

from tests.topics.take_up.example_tables import load_release, needs_published, small_table
from workbook.importers.table_revision import compare_tables
from workbook.snapshots.revision_text import cells_frame, describe_revision, subjects_frame
from workbook.topics.take_up.data import take_up_table


def compare(earlier, later):
    return compare_tables(take_up_table, small_table(*earlier), small_table(*later))


@needs_published
def test_the_sentence_on_the_published_releases():
    releases = ("transaction-volumes.2015-07-08.csv", "transaction-volumes.csv")
    revision = compare_tables(take_up_table, *map(load_release, releases))
    assert describe_revision(revision).endswith(
        "Transactions of 15 services changed by −163,018 in the year to June 2014, while 462 names"
        " left and 409 came. Over all periods 380 services are the same under another name. 136"
        " that left and 73 that came are not matched with any other name. 7 earlier periods differ"
        " too."
    )


def test_names_alone_may_differ():
    rows = [("2014-03", 10, 5), ("2014-06", 12, 6)]
    revision = compare(
        [("Boat", *row) for row in rows] + [("Dog", "2014-06", 1, 1)],
        [("Ship", *row) for row in rows],
    )
    assert describe_revision(revision).partition(": ")[2] == (
        "no figure of Transactions changed in the year to June 2014, while 2 names left and 1 came."
        " Over all periods 1 service is the same under another name. 1 that left is not matched"
        " with any other name. 1 earlier period differs too."
    )
    assert subjects_frame(revision).to_numpy().tolist() == [
        ["renamed: same figures", "Office, Boat", "Office, Ship"],
        ["removed, not matched", "Office, Dog", ""],
    ]


def test_a_row_of_what_came_has_a_header_too():
    """An empty header of a row tells a screen reader nothing."""
    revision = compare([("Boat", "2014-03", 10, 5)], [("Ship", "2014-03", 1, 1)])
    frame = subjects_frame(revision)
    assert frame.iloc[:, 0].tolist() == ["removed, not matched", "added, not matched"]


def test_texts_alone_may_differ():
    frame = small_table(("Boat", "2014-03", 10, 5))
    revision = compare_tables(take_up_table, frame, frame.assign(department="Seas"))
    assert describe_revision(revision).endswith(": 1 row changed, 0 left and 0 came.")


def test_the_largest_revised_figures_are_listed_first():
    earlier = [("A", "2014-03", 10, 5), ("B", "2014-03", 30, None), ("C", "2014-03", 1, 1)]
    later = [("A", "2014-03", 12, 5), ("B", "2014-03", 27, 9), ("C", "2014-03", 1, 1)]
    frame = cells_frame(compare(earlier, later), most=2)
    assert frame.to_numpy().tolist() == [
        ["Office, B, 2014-03", "Transactions", "30", "27"],
        ["Office, A, 2014-03", "Transactions", "10", "12"],
    ]
