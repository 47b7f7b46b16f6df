// @ts-check
// Corrections of a rejected file: the column of each heading, and suggested readings of its cells.
import { createButton, createElement, uniqueId } from "./shared/dom.js";

const NO_HEADING = "None of these";

/**
 * @typedef {import("./types").UploadReport} UploadReport
 * @typedef {import("./types").FileCorrections} FileCorrections
 * @typedef {import("./types").UnmatchedColumn} UnmatchedColumn
 */

export class UploadCorrections {
  /** @type {{ column: string, select: HTMLSelectElement }[]} */
  choices = [];
  /** @type {HTMLInputElement | null} */
  acceptBox = null;
  /** Columns by heading that were chosen for this file before. @type {Record<string, string>} */
  chosenHeadings = {};
  acceptsReadings = false;

  /**
   * @param {string} label
   * @param {(corrections: FileCorrections) => void} onSubmit
   */
  constructor(label, onSubmit) {
    this.label = label;
    this.onSubmit = onSubmit;
    this.element = createElement("fieldset", { className: "wb-upload-corrections", hidden: true });
  }

  /** Forget what was chosen for another file. */
  reset() {
    this.chosenHeadings = {};
    this.acceptsReadings = false;
  }

  /** @param {UploadReport | null} report */
  render(report) {
    const { unmatched_columns: columns = [], unmatched_headings: headings = [] } = report ?? {};
    const suggestions = report?.suggestions ?? 0;
    this.choices = [];
    this.acceptBox = null;
    const parts = headings.length ? this.#createChoices(columns, headings) : [];
    if (suggestions) parts.push(this.#createAcceptBox(suggestions));
    this.element.hidden = !parts.length;
    const legend = createElement("legend", { textContent: `Correct the file: ${this.label}` });
    const button = createButton("Read the file again", () => this.onSubmit(this.#corrections()));
    this.element.replaceChildren(legend, ...parts, button);
  }

  /** @returns {FileCorrections} */
  #corrections() {
    for (const { column, select } of this.choices) {
      if (select.value) this.chosenHeadings[select.value] = column;
    }
    if (this.acceptBox) this.acceptsReadings = this.acceptBox.checked;
    return { headings: { ...this.chosenHeadings }, accept_readings: this.acceptsReadings };
  }

  /**
   * A choice for each column; those of the optional columns in a disclosure.
   *
   * @param {UnmatchedColumn[]} columns
   * @param {string[]} headings
   */
  #createChoices(columns, headings) {
    /** @param {UnmatchedColumn} column */
    const createChoice = (column) => this.#createChoice(column, headings);
    const required = columns.filter((column) => column.is_required).map(createChoice);
    const optional = columns.filter((column) => !column.is_required).map(createChoice);
    if (!optional.length) return required;
    const text = `Optional columns without a heading (${optional.length})`;
    const summary = createElement("summary", { textContent: text });
    return [...required, createElement("details", {}, summary, ...optional)];
  }

  /**
   * @param {UnmatchedColumn} column
   * @param {string[]} headings
   */
  #createChoice({ name, title }, headings) {
    const id = uniqueId("heading");
    const options = headings.map((heading) =>
      createElement("option", { value: heading, textContent: heading }),
    );
    const none = createElement("option", { value: "", textContent: NO_HEADING });
    const select = createElement("select", { id }, none, ...options);
    this.choices.push({ column: name, select });
    const label = createElement("label", { htmlFor: id, textContent: `Heading for “${title}”` });
    return createElement("div", { className: "wb-upload-heading" }, label, select);
  }

  /** @param {number} suggestions */
  #createAcceptBox(suggestions) {
    const id = uniqueId("accept");
    this.acceptBox = createElement("input", { type: "checkbox", id });
    const cells = suggestions === 1 ? "1 cell" : `${suggestions.toLocaleString("en-GB")} cells`;
    const text = `Use the suggested readings of ${cells}`;
    const label = createElement("label", { htmlFor: id, textContent: text });
    return createElement("div", { className: "wb-upload-accept" }, this.acceptBox, label);
  }
}
