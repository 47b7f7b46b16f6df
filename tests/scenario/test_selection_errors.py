"""Errors for what a scenario selects by name."""

from workbook.scenario import ParameterError, empty_selection_error, unknown_name_errors

KNOWN_NAMES = {"department": ["Home Office", "HM Treasury"], "exclude": ["Passports", "Car tax"]}


def unknown_name_messages(**entered):
    errors = unknown_name_errors(entered, KNOWN_NAMES, "in the data up to 2014-Q2")
    return {error.name: error.message for error in errors}


def test_known_names_and_blank_selections_have_no_errors():
    assert unknown_name_messages(department="Home Office", exclude="") == {}
    assert unknown_name_messages(exclude="Passports; Car tax") == {}


def test_a_misspelt_name_is_reported_with_the_nearest_known_one():
    assert unknown_name_messages(department="Home Ofice") == {
        "department": 'department is "Home Ofice": it is not in the data up to 2014-Q2.'
        ' Did you mean "Home Office"?'
    }


def test_an_unknown_name_in_a_list_is_quoted_by_itself():
    assert unknown_name_messages(exclude="Passports; Dog licences") == {
        "exclude": 'exclude is "Passports; Dog licences": "Dog licences" is not in the data up to'
        " 2014-Q2. Choose from: Passports; Car tax."
    }


def test_every_selection_with_an_unknown_name_has_an_error():
    messages = unknown_name_messages(department="Admiralty", exclude="Dog licences")
    assert list(messages) == ["department", "exclude"]


def test_an_empty_selection_names_the_other_filters_that_are_set():
    entered = {"department": "Home Office", "function": "", "service": "Car tax"}
    assert empty_selection_error("service", entered) == ParameterError(
        "service",
        "Car tax",
        'service is "Car tax": it matches nothing together with department "Home Office".'
        " Choose fewer filters.",
        'it matches nothing together with department "Home Office". Choose fewer filters.',
    )
