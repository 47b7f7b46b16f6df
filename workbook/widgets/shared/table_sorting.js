// @ts-check
// Sort a table by a column: the order of its rows, and headers with buttons (the MoJ pattern).
import { createElement } from "./dom.js";

/** @typedef {import("../types").Cell} Cell */

const collator = new Intl.Collator("en-GB", { numeric: true });

/**
 * Order of two texts by the rules of the language: a letter with an accent is beside the letter.
 *
 * @param {string} first
 * @param {string} second
 */
export const compareTexts = (first, second) => collator.compare(first, second);

/**
 * @param {Cell} first
 * @param {Cell} second
 */
const compareCells = (first, second) => {
  const areNumbers = [typeof first === "number", typeof second === "number"];
  if (areNumbers[0] && areNumbers[1]) return Number(first) - Number(second);
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
  return compareTexts(String(first), String(second));
};

/** @param {Cell} cell */
const isMissing = (cell) => cell === null || cell === "";

/**
 * Positions of these cells in order. Equal cells stay in their order; missing ones are last.
 *
 * @param {Cell[]} cells
 * @param {boolean} isDescending
 */
export const sortedPositions = (cells, isDescending) => {
  const sign = isDescending ? -1 : 1;
  const positions = cells.map((_, position) => position);
  const present = positions.filter((position) => !isMissing(cells[position]));
  present.sort((first, second) => sign * compareCells(cells[first], cells[second]));
  return [...present, ...positions.filter((position) => isMissing(cells[position]))];
};

/** The header row of a table, by whose buttons the table is sorted. */
export class SortableHeader {
  /** The name of the column that the rows are sorted by, empty for the order of the table. */
  sortedBy = "";
  isDescending = false;
  #columns = "";

  /** @param {(announcement: string) => void} onSort */
  constructor(onSort) {
    this.onSort = onSort;
    this.row = createElement("tr");
    this.element = createElement("thead", {}, this.row);
  }

  /**
   * Show the headings of these columns. A button that has the focus keeps it.
   *
   * @param {{ name: string, label: string, className: string }[]} columns
   * @param {boolean} isSortable
   */
  show(columns, isSortable) {
    const description = JSON.stringify([columns, isSortable]);
    if (description === this.#columns) return;
    this.#columns = description;
    if (!isSortable || !columns.some(({ name }) => name === this.sortedBy)) this.sortedBy = "";
    this.row.replaceChildren(
      ...columns.map(({ name, label, className }) => {
        const content = isSortable ? this.#createButton(name, label) : label;
        const cell = createElement("th", { scope: "col", className }, content);
        cell.dataset.column = name;
        return cell;
      }),
    );
    this.#markSorted();
  }

  /**
   * @param {string} name
   * @param {string} label
   */
  #createButton(name, label) {
    const button = createElement("button", {
      type: "button",
      className: "wb-sort",
      textContent: label,
    });
    button.addEventListener("click", () => {
      this.isDescending = this.sortedBy === name && !this.isDescending;
      this.sortedBy = name;
      this.#markSorted();
      const direction = this.isDescending ? "descending" : "ascending";
      this.onSort(`Sorted by ${label} (${direction})`);
    });
    return button;
  }

  #markSorted() {
    for (const cell of this.row.cells) {
      if (!cell.querySelector("button")) continue;
      const direction = this.isDescending ? "descending" : "ascending";
      cell.ariaSort = cell.dataset.column === this.sortedBy ? direction : "none";
    }
  }
}
