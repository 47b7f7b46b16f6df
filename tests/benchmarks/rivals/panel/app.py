"""The page in Panel: panes that stay, each with a function that is bound to the widgets."""

import panel as pn

from tests.benchmarks.rivals import same_page

pn.extension("vega")

levers = {
    "programme_starts": pn.widgets.IntInput(
        name="Programme starts a year", value=300_000, step=10_000
    ),
    "unaided_gain": pn.widgets.IntInput(
        name="People who learn on their own each year", value=800_000, step=10_000
    ),
    "dropout": pn.widgets.FloatInput(name="Share who drop out", value=0.3, step=0.01),
    "reduction_target": pn.widgets.FloatInput(
        name="Reduction every two years", value=0.25, step=0.01
    ),
}
evaluate = pn.cache(same_page.evaluate)


def write_indicators(**values: float) -> str:
    """The key indicators as a list."""
    indicators = same_page.list_indicators(evaluate(**values))
    return "\n".join(f"- {label}: **{figure}**" for label, figure in indicators.items())


def draw_path(**values: float) -> same_page.Chart:
    """The key chart."""
    return same_page.draw_path(evaluate(**values))


@pn.cache
def draw_analyses(**values: float) -> list[same_page.Chart]:
    """The other charts."""
    return same_page.draw_analyses(evaluate(**values))


def draw_analysis(position: int, **values: float) -> same_page.Chart:
    """One of the other charts."""
    return draw_analyses(**values)[position]


pn.Row(
    pn.Column(*levers.values()),
    pn.Column(
        f"# {same_page.QUESTION}",
        pn.pane.Markdown(pn.bind(write_indicators, **levers), css_classes=["indicators"]),
        pn.pane.Vega(pn.bind(draw_path, **levers), sizing_mode="stretch_width"),
        *(
            pn.pane.Vega(pn.bind(draw_analysis, position, **levers), sizing_mode="stretch_width")
            for position in range(same_page.ANALYSES)
        ),
        sizing_mode="stretch_width",
    ),
).servable(title="Digital inclusion")
