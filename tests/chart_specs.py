"""Reading a chart's specification: what is the same for every scenario, and its colours."""

import json
import re
from typing import Final

PALETTE: Final = {"#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"}
"""The Government Analysis Function's accessible palette."""

PAPER_AND_INK: Final = {"#0B0C0C", "#D2D5D8", "white"}
COLOUR_PATTERN: Final = re.compile(r'"(?:color|fill|stroke|background|\w+Color)": "([^"]+)"')


def spec_without_data(chart):
    """The specification without its data, title and description."""
    parts = {"datasets", "title", "description"}
    return {name: part for name, part in chart.to_dict().items() if name not in parts}


def unlisted_colours(chart):
    """The colours that are neither the palette's nor those of paper and ink."""
    text = json.dumps(chart.to_dict())
    colours_used = {*re.findall(r"#[0-9A-Fa-f]{3,8}\b", text), *COLOUR_PATTERN.findall(text)}
    return colours_used - PALETTE - PAPER_AND_INK


def drawn_data_names(part):
    """The names of the data that a specification draws."""
    if isinstance(part, dict):
        if "name" in (part.get("data") or {}):
            yield part["data"]["name"]
        for child in part.values():
            yield from drawn_data_names(child)
    elif isinstance(part, list):
        for child in part:
            yield from drawn_data_names(child)
