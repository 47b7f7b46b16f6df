"""What has happened to a scenario's parameters since it was saved, as the page words it."""

from collections.abc import Iterable, Mapping

from workbook.scenario import Parameter, ParameterMigration
from workbook.scenario.migration import DEFAULT_NOT_ALLOWED, REMOVED, RENAMED
from workbook.text.quoting import quote_value
from workbook.widgets.scenario_changes import describe_file_value


def migration_sentences(
    migrations: Iterable[ParameterMigration], parameters: Mapping[str, Parameter]
) -> list[str]:
    """Word migrations for the page, where a visitor knows parameters by label.

    Args:
        migrations: What has happened to parameters of a scenario.
        parameters: The topic's parameters by name.

    Returns:
        A sentence or two for each.
    """
    return [_describe_migration(migration, parameters) for migration in migrations]


def _describe_migration(migration: ParameterMigration, parameters: Mapping[str, Parameter]) -> str:
    parameter = parameters.get(migration.parameter)
    if migration.kind == REMOVED or parameter is None:
        old = quote_value(migration.old)
        return f"{migration.parameter} no longer exists. Its value, {old}, was left out."
    if migration.kind == RENAMED:
        return f"{migration.old} is called “{parameter.label}” now."
    old, new, value = (
        describe_file_value(parameter, item)
        for item in (migration.old, migration.new, migration.value)
    )
    was = ", which is no longer allowed" if migration.kind == DEFAULT_NOT_ALLOWED else ""
    return (
        f"“{parameter.label}”: the published value was {old} when the scenario was saved{was}."
        f" It is {new} now. This scenario has {value}."
    )
