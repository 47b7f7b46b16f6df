// @ts-check
// A table of an outcome: selected columns, filters for its rows, and a download of all data.
import { TableFilters } from "./filters.js";
import { renderTable } from "./shared/data_table.js";
import { createButton, createElement, createScrollRegion } from "./shared/dom.js";
import { downloadText, toCsv } from "./shared/downloads.js";

/** @typedef {import("./types").TableContent} TableContent */

/** A text with more characters makes its column wide. */
const LONG_TEXT_LENGTH = 60;

/**
 * The named columns in this order, or all if none is named, for the rows with these indices.
 *
 * @param {TableContent} content
 * @param {string[]} names
 * @param {number[]} rowIndices
 * @returns {TableContent}
 */
const selectContent = ({ title, columns, rows, texts }, names, rowIndices) => {
  const columnIndices = names.length
    ? names.map((name) => columns.findIndex((column) => column.name === name))
    : columns.map((_, column) => column);
  /**
   * @template T
   * @param {T[]} row
   */
  const selectCells = (row) => columnIndices.map((column) => row[column]);
  return {
    title,
    columns: selectCells(columns),
    rows: rowIndices.map((row) => selectCells(rows[row])),
    texts: rowIndices.map((row) => selectCells(texts[row])),
  };
};

/**
 * Mark columns with long texts, so that they are wide enough to read.
 *
 * @param {HTMLTableElement} table
 */
const markLongColumns = (table) => {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  for (const [column, header] of [...(table.tHead?.rows[0].cells ?? [])].entries()) {
    const isLong = rows.some(
      ({ cells }) => (cells[column].textContent ?? "").length > LONG_TEXT_LENGTH,
    );
    header.classList.toggle("wb-long", isLong);
  }
};

export default {
  /** @param {{ model: import("./types").TableModel, el: HTMLElement }} context */
  render({ model, el }) {
    const { title } = model.get("content");
    const table = createElement("table", { className: "wb-table" });
    const emptyMessage = createElement("p", {
      textContent: "There is nothing to show for this scenario.",
    });
    const renderRows = () => {
      const content = model.get("content");
      const columns = model.get("columns");
      const visibleContent = selectContent(content, columns, filters.matchingRows(content));
      renderTable(table, visibleContent);
      markLongColumns(table);
      emptyMessage.hidden = content.rows.length > 0;
    };
    const filters = new TableFilters(model.get("filters"), renderRows);
    const updateContent = () => {
      filters.updateOptions(model.get("content"));
      renderRows();
    };
    const downloadTable = () =>
      downloadText(toCsv(model.get("content")), "text/csv", `${model.get("name")}.csv`);
    model.on("change:content", updateContent);
    updateContent();
    el.append(
      createElement(
        "div",
        { className: "wb-result" },
        ...filters.elements,
        createScrollRegion(table, title),
        emptyMessage,
        createElement(
          "p",
          { className: "wb-tools" },
          createButton("Download data (CSV)", downloadTable, `Download data (CSV): ${title}`),
        ),
      ),
    );
  },
};
