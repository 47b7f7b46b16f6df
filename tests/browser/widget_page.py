"""A page with one widget: its static form, then its script with a model that a test can change."""

from typing import Any

from playwright.sync_api import Page

from workbook.resources import read_page_style
from workbook.widgets.widget import WorkbookWidget

_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>One widget</title>
<style>{style}</style></head><body><main><h1>One widget</h1><div id="widget">{static_html}</div>
<p>The end</p></main></body></html>"""

_START = """async ([source, traits]) => {
    const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
    const listeners = {};
    window.model = {
        get: (name) => traits[name],
        on: (event, listener) => { listeners[event] = listener; },
        set(name, value) { traits[name] = value; listeners[`change:${name}`]?.(); },
    };
    const element = document.getElementById("widget");
    const widget = (await import(url)).default;
    element.replaceChildren();
    widget.render({model, el: element});
}"""


def show_static_form(page: Page, widget: WorkbookWidget) -> None:
    """Show a page with a widget's static form, as a page is first painted or without scripts."""
    style = read_page_style() + widget._css
    page.set_content(_PAGE.format(style=style, static_html=widget.to_static_html()))


def start_widget(page: Page, widget: WorkbookWidget) -> None:
    """Replace the static form by the live widget. ``model.set`` of the page changes a trait."""
    page.evaluate(_START, [widget._esm, _traits(widget)])


def _traits(widget: WorkbookWidget) -> dict[str, Any]:
    names = [name for name in widget.trait_names(sync=True) if not name.startswith("_")]
    traits: dict[str, Any] = {
        name: getattr(widget, name)
        for name in names
        if name not in {"layout", "tooltip", "tabbable"}
    }
    return traits
