// @ts-check
// A table of an outcome: selected columns, filters for its rows, and a download of all data.
import { TableFilters } from "./filters.js";
import { DataTable } from "./shared/data_table.js";
import { createButton, createElement } from "./shared/dom.js";
import { downloadText, toCsv } from "./shared/downloads.js";

/** @typedef {import("./types").TableContent} TableContent */

/**
 * The named columns in this order, or all if none is named, for the rows with these indices.
 *
 * @param {TableContent} content
 * @param {string[]} names
 * @param {number[]} rowIndices
 * @returns {TableContent}
 */
const selectContent = (content, names, rowIndices) => {
  const { columns, rows, texts } = content;
  const columnIndices = names.length
    ? names.map((name) => columns.findIndex((column) => column.name === name))
    : columns.map((_, column) => column);
  /**
   * @template T
   * @param {T[]} row
   */
  const selectCells = (row) => columnIndices.map((column) => row[column]);
  return {
    ...content,
    columns: selectCells(columns),
    rows: rowIndices.map((row) => selectCells(rows[row])),
    texts: rowIndices.map((row) => selectCells(texts[row])),
  };
};

/**
 * A small button that downloads every row and column.
 *
 * @param {import("./types").TableModel} model
 */
const createDownload = (model) => {
  const button = createButton("Download data (CSV)", () =>
    downloadText(toCsv(model.get("content")), "text/csv", `${model.get("name")}.csv`),
  );
  button.className = "wb-link-button";
  return button;
};

export default {
  /** @param {{ model: import("./types").TableModel, el: HTMLElement }} context */
  render({ model, el }) {
    const table = new DataTable();
    const emptyMessage = createElement("p", { className: "wb-empty wb-result" });
    const download = createDownload(model);
    const renderRows = () => {
      const content = model.get("content");
      const rowIndices = filters.matchingRows(content);
      table.show(selectContent(content, model.get("columns"), rowIndices), content.rows.length);
    };
    const filters = new TableFilters(model.get("filters"), () => {
      renderRows();
      table.announce(filters.rowCount.textContent ?? "");
    });
    const result = createElement(
      "div",
      { className: "wb-result" },
      ...filters.elements,
      table.region,
      table.status,
      createElement("div", { className: "wb-tools" }, table.showAll, download),
    );
    const updateContent = () => {
      const content = model.get("content");
      filters.updateOptions(content);
      renderRows();
      table.announce(""); // what the reader did before is no longer so
      download.ariaLabel = `${download.textContent}: ${content.title}`;
      emptyMessage.textContent = `${content.title}: ${content.empty_text}`;
      const hasRows = content.rows.length > 0;
      emptyMessage.hidden = hasRows || content.columns.length === 0;
      result.hidden = !hasRows;
    };
    model.on("change:content", updateContent);
    updateContent();
    el.append(result, emptyMessage);
    return () => table.remove();
  },
};
