"""Need for support and support given, worked out by hand."""

import pytest

from tests.topics.take_up.assisted_digital.example_shares import SHARES, evaluate_with_shares
from tests.topics.take_up.example_tables import small_table
from workbook.topics import take_up

NO_SHARES = "no shares of users at each level are published. Supply yours with the template"


def rows_by(outcome, table, key, *columns):
    frame = outcome.frame(table).set_index(key)
    return {name: tuple(row) for name, row in frame[[*columns]].iterrows()}


class TestWithoutShares:
    def test_figures_are_missing_with_how_to_supply_them(self):
        outcome = take_up.topic.run()
        for name in ("support_needed", "support_missing", "support_cost"):
            assert outcome[name].value is None
            assert outcome[name].missing_reason == NO_SHARES
        assert outcome.frame("inclusion_levels")["people"].isna().all()
        assert outcome.frame("assisted_services").empty
        assert not any("Assisted digital" in note for note in outcome.notes)

    def test_the_chart_says_that_there_are_none(self):
        figure = take_up.topic.charts["inclusion_levels"](take_up.topic.run())
        assert figure.title == "No shares of users at each level are published: supply yours"


class TestByHand:
    def test_need_is_transactions_by_the_share_at_each_level(self):
        outcome = evaluate_with_shares(SHARES)
        assert rows_by(
            outcome, "inclusion_levels", "level", "people", "needing", "unsupported"
        ) == {
            1: (200, 200, 200),
            2: (0, 0, 0),
            3: (200, 200, 50),
            4: (0, 0, 0),
            5: (0, 0, 0),
            6: (200, 100, 100),
            7: (800, 0, 0),
            8: (0, 0, 0),
            9: (1600, 0, 0),
        }
        assert outcome["support_needed"].value == 500
        assert outcome["support_missing"].value == 350
        assert outcome["support_needed"].label == "Transactions a year that need support"

    def test_services_without_rows_of_their_own_follow_all(self):
        services = rows_by(
            evaluate_with_shares(SHARES), "assisted_services", "service", "needing", "unsupported"
        )
        assert services == {"B": (300, 300), "A": (200, 50)}

    def test_support_costs_a_contact_at_the_lowest_and_highest_published_cost(self):
        outcome = evaluate_with_shares(SHARES)
        # 100 by phone at £2.83 to £4.11 and 50 face to face at £8.62 to £10.53.
        assert outcome["support_cost"].value == pytest.approx(283 + 431)
        assert outcome["support_cost"].note == "£937.50 at the highest published costs of a contact"

    def test_support_by_others_has_no_published_cost(self):
        table = "service,level,share,supported_by_others\nA,1,1,0.5\n"
        outcome = evaluate_with_shares(table)
        assert outcome["support_missing"].value == 500
        assert outcome["support_cost"].value is None
        assert outcome["support_cost"].missing_reason == (
            "no cost of support by other people or organisations is published"
        )

    def test_a_note_says_who_is_left_without_support(self):
        [note] = [note for note in evaluate_with_shares(SHARES).notes if "Assisted digital" in note]
        assert note == (
            "Assisted digital: 500 of 3,000 transactions a year in 2 services need support"
            " (16.7%), and 350 have none. The shares at each level are from your own table; none"
            " are published."
        )

    def test_the_chart_states_the_share_without_support(self):
        figure = take_up.topic.charts["inclusion_levels"](evaluate_with_shares(SHARES))
        assert figure.title == "350 of 500 transactions that need support have none (70%)"
        assert "Level 3, Willing and unable: 200 in all, 50 without support" in (figure.description)

    def test_people_are_counted_where_users_are_given(self):
        table = "service,level,share,users\nA,2,0.5,80\nA,8,0.5,80\nOwn,1,1,20\n"
        outcome = evaluate_with_shares(table)
        assert outcome["support_needed"].value == 60
        assert outcome["support_needed"].label == "People a year that need support"

    def test_a_selection_leaves_out_what_it_does_not_select(self):
        assert evaluate_with_shares(SHARES, services="A")["support_needed"].value == 200
        table = "service,level,share,users\nA,1,1,80\nOwn,1,1,20\n"
        assert evaluate_with_shares(table, services="A")["support_needed"].value == 80

    def test_an_unknown_service_is_named(self):
        outcome = evaluate_with_shares("service,level,share\nC,1,1\nA,1,1\n")
        assert outcome["support_needed"].value == 1000
        assert any(
            note.startswith("“C” is not in the table of services, so the shares are not used.")
            for note in outcome.notes
        )


class TestDefinition:
    def test_supported_transactions_count_on_top_where_the_table_has_no_counts(self):
        outcome = evaluate_with_shares(SHARES, definition="assisted included")
        # A: 400 + 1,000 × 0.2 × 0.75 = 550 of 1,000. B: 1,900 of 2,000, nobody supported.
        assert outcome["take_up"].value == pytest.approx((550 + 1900) / 3000)
        assert any("estimated on top" in note for note in outcome.notes)

    def test_without_help_the_published_transactions_stand(self):
        outcome = evaluate_with_shares(SHARES, definition="assisted excluded")
        assert outcome["take_up"].value == pytest.approx(2300 / 3000)

    def test_supported_transactions_are_at_most_those_not_yet_digital(self):
        table = "service,level,share,supported_by_phone\nall,1,1,1\n"
        outcome = evaluate_with_shares(table, definition="assisted included")
        assert outcome["take_up"].value == 1

    def test_counts_in_the_table_come_before_the_estimate(self):
        services = small_table(("A", "2014-06", 1000, 400)).assign(
            online_volume=[300], assisted_volume=[100]
        )
        services = services.astype({"online_volume": "Int64", "assisted_volume": "Int64"})
        outcome = evaluate_with_shares(SHARES, services, definition="assisted excluded")
        assert outcome["take_up"].value == pytest.approx(0.3)
