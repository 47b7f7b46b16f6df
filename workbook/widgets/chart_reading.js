// @ts-check
// Reading a chart by keyboard, and selecting a value in it by click or keyboard.

/**
 * @typedef {import("./types").ChartModel} ChartModel
 * @typedef {Record<string, unknown>} DataRow
 */

/** @type {Record<string, number>} */
const STEP_BY_KEY = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The value that a click on the mark of a row selects; null if there is none.
 *
 * @param {ChartModel} model
 * @param {DataRow | undefined} row
 */
const clickValue = (model, row) => row?.[model.get("click_target").column ?? ""] ?? null;

/**
 * Send the selected value to the form of the chart's study.
 *
 * @param {ChartModel} model
 * @param {DataRow | undefined} row
 * @returns The value; null if there is none or no form accepted it.
 */
const dispatchChoice = (model, row) => {
  const value = clickValue(model, row);
  if (value === null) return null;
  const parameter = model.get("click_target").parameter;
  const detail = { study_id: model.get("study_id"), parameter, value: String(value) };
  const event = new CustomEvent("workbook:choose", { detail, cancelable: true });
  return document.dispatchEvent(event) ? null : value;
};

/**
 * Select a mark by a click.
 *
 * @param {ChartModel} model
 * @param {import("./types").VegaView} view
 * @param {HTMLElement} plot
 */
export const enableClicks = (model, view, plot) => {
  view.addEventListener("click", (_, item) => dispatchChoice(model, item?.datum));
  view.addEventListener("mousemove", (_, item) =>
    plot.classList.toggle("wb-clickable", clickValue(model, item?.datum) !== null),
  );
};

/**
 * Read the chart's table row by row with the arrow keys, and select the row with Enter.
 *
 * @param {ChartModel} model
 * @param {HTMLElement} plot
 * @param {HTMLElement} readout - The live region that shows the row.
 */
export const enableKeyboardReading = (model, plot, readout) => {
  let row = -1;
  const chooseRow = () => {
    const { columns, rows } = model.get("table_content");
    const cells = columns.map(({ name }, column) => [name, rows[row]?.[column]]);
    const value = dispatchChoice(model, Object.fromEntries(cells));
    if (value !== null) readout.textContent = `Selected: ${value}`;
  };
  /** @param {number} step */
  const readRow = (step) => {
    const { columns, texts } = model.get("table_content");
    if (!texts.length) return;
    row = Math.min(Math.max(row + step, 0), texts.length - 1);
    const cells = columns.map((column, index) => ({ ...column, text: texts[row][index] }));
    const filledCells = cells.filter(({ is_hidden, text }) => text && !is_hidden);
    readout.textContent = filledCells.map(({ label, text }) => `${label}: ${text}`).join("; ");
  };
  plot.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && row >= 0) chooseRow();
    const step = STEP_BY_KEY[event.key];
    if (!step) return;
    event.preventDefault();
    readRow(step);
  });
};
