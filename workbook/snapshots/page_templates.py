"""The templates of the pages of an archive."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from workbook.text.prose import to_prose_html

TEMPLATES = Path(__file__).parent / "templates"


def render_template(name: str, **values: Any) -> str:  # noqa: ANN401  what the template takes
    """Render a template, which escapes its values and has the filter ``prose``.

    Args:
        name: Name of its file in ``templates``.
        **values: What the template takes.

    Returns:
        The HTML.
    """
    return _create_environment().get_template(name).render(values)


@cache
def _create_environment() -> Environment:
    """Templates that are compiled once: an archive has many pages."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters["prose"] = to_prose_html
    return environment
