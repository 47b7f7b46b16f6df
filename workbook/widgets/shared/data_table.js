// @ts-check
// A table with a caption and headers. It shows ten rows of a long one, and can be sorted.
//
// The other rows are in the page, in a body with `hidden="until-found"`, so that a search of the
// page finds them and print shows them. Rows made only on demand would not be found. They are made
// while the browser is idle, so that the next key press does not wait for them.
import { createElement, createLiveRegion, createScrollRegion, writeProse } from "./dom.js";
import { requestIdle } from "./idle_time.js";
import { SortableHeader, sortedPositions } from "./table_sorting.js";

/**
 * @typedef {import("../types").TableContent} TableContent
 * @typedef {{ texts: string[], cells: import("../types").Cell[] }} Row
 */

const FIRST_ROWS = 10;
/** A date or another short word, which must not break at its hyphens. */
const SHORT_WORD = /^\S{1,10}$/;
/** A text with more characters makes its column wide enough to read. */
const LONG_TEXT_LENGTH = 60;
/** A table with at least as many columns is printed on a page turned sideways. */
const WIDE_COLUMNS = 10;
/** Rows that are made at once while the browser is idle: a few milliseconds' work. */
const IDLE_ROWS = 100;

/** @param {string} text */
const wordClass = (text) => (SHORT_WORD.test(text) ? "wb-nowrap" : "");

/**
 * @param {string} text
 * @param {import("../types").Cell} cell
 */
const cellClass = (text, cell) => (typeof cell === "number" ? "wb-number" : wordClass(text));

/**
 * @param {HTMLTableCellElement} cell
 * @param {string} text
 */
const writeCell = (cell, text) => {
  if (text.startsWith("−")) return writeProse(cell, text);
  cell.textContent = text; // much faster, for a table of 5,000 rows
  return cell;
};

/**
 * @param {Row} row
 * @param {string[]} labels - The columns' labels for the cells; none where no cell shows its own.
 */
const createTableRow = ({ texts, cells }, labels) => {
  const elements = texts.map((text, column) => {
    if (column === 0) {
      return createElement("th", { scope: "row", className: wordClass(text), textContent: text });
    }
    const cell = createElement("td", { className: cellClass(text, cells[column]) });
    if (labels.length) cell.dataset.label = labels[column];
    return writeCell(cell, text);
  });
  return createElement("tr", {}, ...elements);
};

/**
 * A table without the columns that a reader need not see: names in code, and units.
 *
 * @param {TableContent} content
 * @returns {TableContent}
 */
const withoutHidden = (content) => {
  const { columns, rows, texts } = content;
  /**
   * @template T
   * @param {T[]} row
   */
  const keepCells = (row) => row.filter((_, column) => !columns[column].is_hidden);
  return {
    ...content,
    columns: keepCells(columns),
    rows: rows.map(keepCells),
    texts: texts.map(keepCells),
  };
};

/**
 * Class of a column's heading: to the right above numbers, wide above long texts.
 *
 * @param {TableContent} content
 * @param {number} column
 */
const headerClass = ({ rows, texts }, column) => {
  const numbers = rows.filter((row) => typeof row[column] === "number").length;
  const words = rows.filter((row) => typeof row[column] === "string").length;
  const isLong = texts.some((row) => row[column].length > LONG_TEXT_LENGTH);
  return [column > 0 && numbers > words ? "wb-number" : "", isLong ? "wb-long" : ""]
    .filter(Boolean)
    .join(" ");
};

export class DataTable {
  /** @type {TableContent} */
  #content = { title: "", empty_text: "", columns: [], rows: [], texts: [] };
  /** @type {Row[]} */
  #pendingRows = [];
  /** The columns' labels of a table with long texts, whose rows are stacked on a narrow screen. */
  #cellLabels = /** @type {string[]} */ ([]);

  constructor() {
    this.header = new SortableHeader((announcement) => {
      this.announce(announcement);
      this.#renderRows();
    });
    this.caption = createElement("caption");
    this.firstRows = createElement("tbody");
    this.otherRows = createElement("tbody");
    this.table = createElement(
      "table",
      { className: "wb-table" },
      this.caption,
      this.header.element,
      this.firstRows,
      this.otherRows,
    );
    this.status = createLiveRegion("wb-visually-hidden");
    this.region = createScrollRegion(this.table, "");
    this.summary = createElement("summary");
    this.showAll = createElement("details", { className: "wb-show-all" }, this.summary);
    this.showAll.addEventListener("toggle", () => {
      this.#fold();
      if (!this.showAll.open) this.showAll.scrollIntoView({ block: "nearest" });
    });
    this.otherRows.addEventListener("beforematch", () => {
      this.showAll.open = true;
    });
    this.renderAll = () => this.#renderPendingRows(Number.POSITIVE_INFINITY);
    window.addEventListener("beforeprint", this.renderAll);
  }

  /**
   * Show a table.
   *
   * @param {TableContent} content
   * @param {number} [rowCount] - Rows before the reader filtered them.
   */
  show(content, rowCount = content.rows.length) {
    this.#content = withoutHidden(content);
    const columns = this.#content.columns.map(({ name, label }, column) => ({
      name,
      label,
      className: headerClass(this.#content, column),
    }));
    const hasLongTexts = columns.some(({ className }) => className.includes("wb-long"));
    this.#cellLabels = hasLongTexts ? columns.map(({ label }) => label) : [];
    this.caption.textContent = content.title;
    this.region.dataset.label = content.title;
    this.region.ariaLabel &&= content.title;
    this.table.classList.toggle("wb-wide-table", columns.length >= WIDE_COLUMNS);
    this.header.show(columns, rowCount > FIRST_ROWS);
    this.#renderRows();
    this.#fold();
  }

  /**
   * Tell a screen reader what the reader has done to the table.
   *
   * @param {string} sentence
   */
  announce(sentence) {
    this.status.textContent = sentence;
  }

  remove() {
    window.removeEventListener("beforeprint", this.renderAll);
  }

  /** The rows in the order that the reader chose. */
  #sortedRows() {
    const { columns, rows, texts } = this.#content;
    const column = columns.findIndex(({ name }) => name === this.header.sortedBy);
    const cells = rows.map((row) => (column < 0 ? null : row[column]));
    const positions = sortedPositions(cells, this.header.isDescending);
    return positions.map((position) => ({ texts: texts[position], cells: rows[position] }));
  }

  /** @param {Row[]} rows */
  #createRows(rows) {
    return rows.map((row) => createTableRow(row, this.#cellLabels));
  }

  #renderRows() {
    const rows = this.#sortedRows();
    this.firstRows.replaceChildren(...this.#createRows(rows.slice(0, FIRST_ROWS)));
    this.otherRows.replaceChildren();
    this.#pendingRows = rows.slice(FIRST_ROWS);
    if (this.showAll.open) this.renderAll();
    else this.#renderWhenIdle();
  }

  #renderWhenIdle() {
    const rows = this.#pendingRows;
    if (!rows.length) return;
    requestIdle(() => {
      if (rows !== this.#pendingRows) return; // other rows have come, or all were made
      this.#renderPendingRows(IDLE_ROWS);
      this.#renderWhenIdle();
    });
  }

  /** @param {number} count */
  #renderPendingRows(count) {
    this.otherRows.append(...this.#createRows(this.#pendingRows.slice(0, count)));
    this.#pendingRows = this.#pendingRows.slice(count);
  }

  /** Show all rows or the first ten, as the reader chose. */
  #fold() {
    const rowCount = this.#content.rows.length;
    const { open } = this.showAll;
    this.showAll.hidden = rowCount <= FIRST_ROWS;
    const text = open ? `the first ${FIRST_ROWS}` : `all ${rowCount.toLocaleString("en-GB")}`;
    const title = createElement("span", {
      className: "wb-visually-hidden",
      textContent: ` rows: ${this.#content.title}`,
    });
    this.summary.replaceChildren(`Show ${text}`, title);
    if (open) {
      this.renderAll();
      this.otherRows.removeAttribute("hidden");
    } else {
      this.otherRows.setAttribute("hidden", "until-found");
    }
  }
}
