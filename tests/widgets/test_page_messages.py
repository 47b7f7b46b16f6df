"""Messages about parameters on the page: by label, once for a group."""

from collections.abc import Mapping
from typing import Any

import pytest

from workbook import ScenarioError
from workbook.topics.digital_inclusion import topic as inclusion
from workbook.topics.savings import topic as savings
from workbook.topics.take_up import topic as take_up
from workbook.widgets.page_messages import page_messages


def rejection_messages(topic: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Messages for a scenario that is rejected, with the labels as their names."""
    with pytest.raises(ScenarioError) as rejected:
        topic.run(**values)
    return page_messages(rejected.value.problems, topic.Scenario.parameters())


def test_a_message_names_the_label_and_a_share_as_a_percentage() -> None:
    label = inclusion.Scenario.parameters()["dropout"].label
    assert rejection_messages(inclusion, {"dropout": 1.3}) == {
        "dropout": f"{label} must be between 0% and 100%."
    }


def test_two_invalid_shares_have_a_message_each() -> None:
    messages = rejection_messages(inclusion, {"dropout": 1.3, "persistence": 1.3})
    assert len(set(messages.values())) == 2


def test_shares_that_must_add_up_have_one_message() -> None:
    messages = rejection_messages(savings, {"phone_share": 0.5, "post_share": 0.0})
    assert set(messages) == {"phone_share", "post_share", "face_to_face_share"}
    (message,) = set(messages.values())
    assert message.startswith("Phone, post and face to face must add up to 100%. They add up to ")


def test_an_unknown_name_is_quoted_with_the_label() -> None:
    label = take_up.Scenario.parameters()["department"].label
    messages = rejection_messages(take_up, {"department": "Nowhere"})
    assert messages["department"].startswith(f'{label}: "Nowhere" is not in the data up to')


def test_other_parameters_are_named_by_their_labels() -> None:
    parameters = inclusion.Scenario.parameters()
    messages = rejection_messages(inclusion, {"baseline_year": 2030})
    assert f"“{parameters['baseline_year'].label}”" in messages["target_year"]
    assert not any(name in messages["target_year"] for name in parameters if "_" in name)


def test_an_unknown_parameter_is_compared_with_names_in_code() -> None:
    messages = rejection_messages(inclusion, {"programme_start": 1})
    assert messages["programme_start"].endswith('Did you mean "programme_starts"?')
