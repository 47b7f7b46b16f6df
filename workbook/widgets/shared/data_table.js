// @ts-check
// A table with a caption and headers.
import { createElement } from "./dom.js";

/** A date or another short word, which must not break at its hyphens. */
const SHORT_WORD = /^\S{1,10}$/;

/**
 * @param {string} text
 * @param {import("../types").Cell} cell
 */
const cellClass = (text, cell) => {
  if (typeof cell === "number") return "wb-number";
  return SHORT_WORD.test(text) ? "wb-nowrap" : "";
};

/**
 * @param {string[]} texts
 * @param {import("../types").Cell[]} cells
 */
const createTableRow = (texts, cells) => {
  const elements = texts.map((textContent, column) =>
    column === 0
      ? createElement("th", { scope: "row", textContent })
      : createElement("td", { textContent, className: cellClass(textContent, cells[column]) }),
  );
  return createElement("tr", {}, ...elements);
};

/**
 * A table without the columns that a reader need not see: names in code, and units.
 *
 * @param {import("../types").TableContent} content
 * @returns {import("../types").TableContent}
 */
const withoutHidden = ({ title, columns, rows, texts }) => {
  /**
   * @template T
   * @param {T[]} row
   */
  const keepCells = (row) => row.filter((_, column) => !columns[column].is_hidden);
  return {
    title,
    columns: keepCells(columns),
    rows: rows.map(keepCells),
    texts: texts.map(keepCells),
  };
};

/**
 * Replace a table's caption, header and rows.
 *
 * @param {HTMLTableElement} table
 * @param {import("../types").TableContent} content
 */
export const renderTable = (table, content) => {
  const { title, columns, rows, texts } = withoutHidden(content);
  const headers = columns.map(({ label }) =>
    createElement("th", { scope: "col", textContent: label }),
  );
  const body = texts.map((rowTexts, row) => createTableRow(rowTexts, rows[row]));
  table.replaceChildren(
    createElement("caption", { textContent: title }),
    createElement("thead", {}, createElement("tr", {}, ...headers)),
    createElement("tbody", {}, ...body),
  );
};
