"""The page in Streamlit: a script that runs from top to bottom at each change."""

import streamlit as st

from tests.benchmarks.rivals import same_page

st.set_page_config(page_title="Digital inclusion", layout="wide")

evaluate = st.cache_resource(same_page.evaluate)


@st.cache_resource
def draw_analyses(**values: float) -> list[same_page.Chart]:
    """The charts below the key chart."""
    return same_page.draw_analyses(evaluate(**values))


with st.sidebar:
    levers = {
        "programme_starts": st.number_input("Programme starts a year", value=300_000, step=10_000),
        "unaided_gain": st.number_input(
            "People who learn on their own each year", value=800_000, step=10_000
        ),
        "dropout": st.number_input("Share who drop out", value=0.3, step=0.01),
        "reduction_target": st.number_input("Reduction every two years", value=0.25, step=0.01),
    }

st.title(same_page.QUESTION)
outcome = evaluate(**levers)
for column, (label, figure) in zip(
    st.columns(4), same_page.list_indicators(outcome).items(), strict=True
):
    column.metric(label, figure)
st.altair_chart(same_page.draw_path(outcome), theme=None)
for chart in draw_analyses(**levers):
    st.altair_chart(chart, theme=None)
