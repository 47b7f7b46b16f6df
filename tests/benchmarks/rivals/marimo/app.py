"""The page in marimo: cells, each of which runs when a value that it reads has changed."""

import marimo

app = marimo.App(app_title="Digital inclusion")

with app.setup:
    import marimo as mo

    from tests.benchmarks.rivals import same_page


@app.cell
def _():
    programme_starts = mo.ui.number(value=300_000, step=10_000, label="Programme starts a year")
    unaided_gain = mo.ui.number(
        value=800_000, step=10_000, label="People who learn on their own each year"
    )
    dropout = mo.ui.number(value=0.3, step=0.01, label="Share who drop out")
    reduction_target = mo.ui.number(value=0.25, step=0.01, label="Reduction every two years")
    mo.vstack([programme_starts, unaided_gain, dropout, reduction_target])
    return dropout, programme_starts, reduction_target, unaided_gain


@app.cell
def _(dropout, programme_starts, reduction_target, unaided_gain):
    outcome = same_page.evaluate(
        programme_starts=programme_starts.value,
        unaided_gain=unaided_gain.value,
        dropout=dropout.value,
        reduction_target=reduction_target.value,
    )
    return (outcome,)


@app.cell
def _(outcome):
    mo.hstack(
        [
            mo.stat(figure, label=label)
            for label, figure in same_page.list_indicators(outcome).items()
        ]
    )


@app.cell
def _(outcome):
    same_page.draw_path(outcome)


@app.cell
def _(outcome):
    mo.vstack(same_page.draw_analyses(outcome))


if __name__ == "__main__":
    app.run()
