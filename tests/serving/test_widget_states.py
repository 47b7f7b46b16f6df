"""The states that a page is sent with."""

import json
from types import SimpleNamespace

from workbook.serving.widget_states import replace_states, states_element

STATE = {"_esm": "headline", "_model_module": "anywidget", "layout": "IPY_MODEL_l", "text": "<b>"}


class Renderer:
    """Voilà's renderer after the last cell of a notebook."""

    executor = SimpleNamespace(widget_state={"h": STATE, "l": {"_model_name": "LayoutModel"}})

    async def run_cells(self):
        """Run the cells of a notebook."""
        yield


def read_states(element: str):
    """The states in an element, of which no text ends it early."""
    start, _, rest = element.partition(">")
    text, end, _ = rest.partition("</script>")
    assert start == '<script type="application/json" id="workbook-states"'
    assert end
    assert "<" not in text
    return json.loads(text)


def test_it_has_of_each_widget_its_module_and_its_own_traits():
    element = states_element(Renderer().run_cells)
    assert read_states(element) == {"h": {"state": {"_esm": "headline", "text": "<b>"}}}


def test_the_states_of_a_link_replace_those_of_the_default():
    page = f"<body>{states_element(Renderer().run_cells)}<p></p>"
    replaced = replace_states(page, {"h": {**STATE, "text": "a \\1 </script>"}})
    assert read_states(replaced.removeprefix("<body>"))["h"]["state"]["text"] == "a \\1 </script>"
    assert replaced.endswith("</script><p></p>")
    assert read_states(replace_states(page, {}).removeprefix("<body>")) == {}
