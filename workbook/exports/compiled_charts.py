"""Draw charts, compiled once for all that differ in their data, titles and description only."""

import json
from functools import lru_cache
from typing import Any, Final

from workbook.exports.drawing_fonts import load_vega

_Spec = dict[str, Any]

_MOST_TEMPLATES: Final = 64
_TITLE_PARTS: Final = ("text", "subtitle")
_PLACEHOLDER: Final = "text"


def draw_spec(spec: _Spec) -> str:
    """Draw a Vega-Lite specification in this process.

    Args:
        spec: The specification.

    Returns:
        The SVG, as Vega writes it.

    Raises:
        ValueError: It cannot be drawn.
    """
    vega = load_vega()
    drawing: str = (
        vega.vega_to_svg(compile_chart(spec), allowed_base_urls=[])
        if is_one_view(spec)
        else vega.vegalite_to_svg(spec, allowed_base_urls=[])
    )
    return drawing


def is_one_view(spec: _Spec) -> bool:
    """Whether a chart is not one of several views side by side.

    Args:
        spec: The Vega-Lite specification.

    Returns:
        Whether it is a mark or layers.
    """
    return not {"mark", "layer"}.isdisjoint(spec)


def compile_chart(spec: _Spec) -> _Spec:
    """Compile a Vega-Lite specification of one view.

    Vega-Lite looks neither at the rows of a named dataset nor at the words of a title.

    Args:
        spec: The specification: a mark or layers.

    Returns:
        The Vega specification.

    Raises:
        ValueError: It cannot be compiled.
    """
    datasets, description = spec.get("datasets", {}), spec.get("description")
    words = _title_words(spec)
    template = dict(spec)
    if datasets:
        template["datasets"] = {name: [] for name in datasets}
    if words:
        template["title"] = {**spec["title"], **dict.fromkeys(words, _PLACEHOLDER)}
    elif not spec.get("title"):  # the template of the same chart with a title serves
        template["title"] = dict.fromkeys(("subtitle", "text"), _PLACEHOLDER)
    if description:
        template["description"] = _PLACEHOLDER
    compiled = _compile_template(json.dumps(template))
    data = [
        {**source, "values": datasets[source["name"]]} if source["name"] in datasets else source
        for source in compiled.get("data", [])
    ]
    filled = {**compiled, "data": data}
    if words and "title" in compiled:  # a subtitle alone is not shown
        filled["title"] = {**compiled["title"], **words}
    elif not spec.get("title"):
        filled.pop("title", None)
    return {**filled, "description": description} if description else filled


def _title_words(spec: _Spec) -> _Spec:
    """The parts of a title that are texts, or lines of text."""
    title = spec.get("title")
    if not isinstance(title, dict):
        return {}
    parts = {part: title[part] for part in _TITLE_PARTS if title.get(part)}
    return {part: words for part, words in parts.items() if isinstance(words, str | list)}


@lru_cache(_MOST_TEMPLATES)
def _compile_template(text: str) -> _Spec:
    compiled: _Spec = load_vega().vegalite_to_vega(json.loads(text))
    return compiled
