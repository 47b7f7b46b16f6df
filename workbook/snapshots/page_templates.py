"""The templates of the pages of an archive."""

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
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters["prose"] = to_prose_html
    return environment.get_template(name).render(values)
