// @ts-check
// Filters for the rows of a table: a select for each column, and the number of rows shown.
// The filters apply to the table on the page; the download includes every row.
import { createElement, uniqueId } from "./shared/dom.js";
import { compareTexts } from "./shared/table_sorting.js";

/**
 * @typedef {import("./types").TableContent} TableContent
 * @typedef {{ label: HTMLLabelElement, select: HTMLSelectElement, element: HTMLElement }} Filter
 */

/**
 * A label and a select for one column.
 *
 * @param {string} name
 * @param {() => void} onChange
 * @returns {Filter}
 */
const createFilter = (name, onChange) => {
  const id = uniqueId(`filter-${name}`);
  const label = createElement("label", { htmlFor: id });
  const select = createElement("select", { id });
  select.addEventListener("change", onChange);
  return { label, select, element: createElement("div", {}, label, select) };
};

export class TableFilters {
  /**
   * @param {string[]} names - Columns to filter by.
   * @param {() => void} onChange
   */
  constructor(names, onChange) {
    this.filterByColumn = new Map(names.map((name) => [name, createFilter(name, onChange)]));
    this.rowCount = createElement("p", { className: "wb-row-count" });
    const filters = [...this.filterByColumn.values()].map(({ element }) => element);
    this.elements = names.length
      ? [
          createElement(
            "fieldset",
            { className: "wb-filters" },
            createElement("legend", { textContent: "Filter the table" }),
            createElement("div", {}, ...filters),
          ),
          this.rowCount,
        ]
      : [];
  }

  /**
   * Offer the present values of each column. A selected value stays selected while it exists.
   *
   * @param {TableContent} content
   */
  updateOptions({ columns, texts }) {
    columns.forEach(({ name, label, is_hidden }, column) => {
      const filter = this.filterByColumn.get(name);
      if (!filter) return;
      const { select, element } = filter;
      element.hidden = is_hidden;
      const selected = select.value;
      const values = [...new Set(texts.map((row) => row[column]).filter(Boolean))];
      values.sort(compareTexts);
      filter.label.textContent = label;
      select.replaceChildren(new Option("All", ""), ...values.map((text) => new Option(text)));
      select.value = values.includes(selected) ? selected : "";
    });
    const filters = [...this.filterByColumn.values()];
    if (this.elements.length) this.elements[0].hidden = filters.every((one) => one.element.hidden);
  }

  /**
   * Indices of the rows that match every filter.
   *
   * @param {TableContent} content
   */
  matchingRows({ columns, texts }) {
    const selections = columns.map(({ name }) => this.filterByColumn.get(name)?.select.value ?? "");
    const isMatch = (/** @type {string[]} */ row) =>
      selections.every((text, column) => !text || row[column] === text);
    const indices = texts.flatMap((row, index) => (isMatch(row) ? [index] : []));
    this.#updateRowCount(indices.length, texts.length);
    return indices;
  }

  /**
   * @param {number} matching
   * @param {number} total
   */
  #updateRowCount(matching, total) {
    const downloadNote = `The download includes all ${total} rows.`;
    let sentence = `${matching} of ${total} rows match. ${downloadNote}`;
    if (matching === 0) sentence = `No rows match. ${downloadNote}`;
    if (matching === total) sentence = `${total} ${total === 1 ? "row" : "rows"}`;
    this.rowCount.textContent = sentence;
  }
}
