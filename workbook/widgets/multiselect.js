// @ts-check
// Checkboxes for a list: a disclosure below the text input, with a search of the names.
// A checkbox edits the text. Names in the text that are not among the options stay there.
import { createLabel, NONE_SELECTED } from "./form_inputs.js";
import { createButton, createElement, createLiveRegion } from "./shared/dom.js";

/** Names shown at first. The list has no scrollbar of its own. */
const FIRST_VISIBLE_ROWS = 12;
/** Most names shown at once. */
const MAX_VISIBLE_ROWS = 200;
/** Longest list without a search. */
const FILTER_THRESHOLD = 10;

/**
 * @typedef {import("./form_inputs.js").InputField} InputField
 * @typedef {object} Row
 * @property {string} name
 * @property {string} searchText
 * @property {HTMLInputElement} checkbox
 * @property {HTMLElement} element
 */

/** @param {string} text */
const parseList = (text) => {
  const names = text.split(";").map((name) => name.trim().replace(/\s+/g, " "));
  return [...new Set(names.filter(Boolean))];
};
/** @param {string[]} names */
const joinList = (names) => names.join("; ");

export class Multiselect {
  /** @type {string[]} */
  options = [];
  /** @type {string[]} */
  chosen = [];
  /** @type {Row[] | null} */
  rows = null;
  visibleLimit = FIRST_VISIBLE_ROWS;

  /** @param {InputField} field - The list's text input. */
  constructor(field) {
    this.field = field;
    const key = `${field.input.id}-filter`;
    this.summary = createElement("summary");
    this.filterInput = createElement("input", { type: "search", id: key, autocomplete: "off" });
    this.filterInput.addEventListener("input", () => this.#filterRows());
    this.checkboxGroup = createElement("div", { className: "wb-checkboxes" });
    this.checkboxGroup.setAttribute("role", "group");
    this.checkboxGroup.setAttribute("aria-label", field.label);
    this.matchStatus = createLiveRegion("wb-match-status");
    this.moreButton = createButton("Show more names", () => this.#showMore());
    this.filterRow = createElement(
      "div",
      { className: "wb-filter" },
      createLabel("Search the list", field.label, key),
      this.filterInput,
    );
    this.details = createElement(
      "details",
      { className: "wb-multiselect" },
      this.summary,
      this.filterRow,
      this.checkboxGroup,
      this.matchStatus,
      this.moreButton,
    );
    this.details.addEventListener("toggle", () => this.#buildRows());
    // In print, an input would cut off a long list.
    this.printText = createElement("p", { className: "wb-print-only" });
    this.details.hidden = true; // until there are names
    this.element = createElement("div", {}, this.details, this.printText);
    this.#updateSummary();
  }

  /** @param {string[]} options */
  setOptions(options) {
    this.options = options;
    this.details.hidden = options.length === 0;
    this.rows = null;
    this.visibleLimit = FIRST_VISIBLE_ROWS;
    this.filterInput.value = "";
    this.filterRow.hidden = options.length <= FILTER_THRESHOLD;
    this.#updateSummary();
    this.#buildRows();
  }

  /** @param {string} text */
  syncText(text) {
    this.chosen = parseList(text);
    this.printText.textContent = text || NONE_SELECTED;
    this.#updateSummary();
    const chosen = new Set(this.chosen);
    for (const { name, checkbox } of this.rows ?? []) checkbox.checked = chosen.has(name);
  }

  #updateSummary() {
    const selected = this.chosen.length ? `, ${this.chosen.length} selected` : "";
    this.summary.textContent = `Select from a list (${this.options.length} names${selected})`;
  }

  /** Build the checkboxes once the disclosure is open, selected names first. */
  #buildRows() {
    if (this.rows || !this.details.open) return;
    const chosen = this.options.filter((name) => this.chosen.includes(name));
    this.rows = [...new Set([...chosen, ...this.options])].map((name) => this.#createRow(name));
    this.checkboxGroup.replaceChildren(...this.rows.map(({ element }) => element));
    this.#filterRows();
  }

  /**
   * @param {string} ownName
   * @returns {Row}
   */
  #createRow(ownName) {
    const checkbox = createElement("input", {
      type: "checkbox",
      checked: this.chosen.includes(ownName),
    });
    checkbox.addEventListener("change", () => {
      const others = parseList(this.field.text).filter((name) => name !== ownName);
      this.field.setAndSubmit(joinList(checkbox.checked ? [...others, ownName] : others));
    });
    const label = createElement("span", { textContent: ownName });
    return {
      name: ownName,
      searchText: ownName.toLowerCase(),
      checkbox,
      element: createElement("label", { className: "wb-checkbox" }, checkbox, label),
    };
  }

  #filterRows() {
    const words = this.filterInput.value.toLowerCase().split(/\s+/);
    let matching = 0;
    for (const row of this.rows ?? []) {
      const matches = words.every((word) => row.searchText.includes(word));
      if (matches) matching += 1;
      row.element.hidden = !matches || matching > this.visibleLimit;
    }
    const surplus = matching - this.visibleLimit;
    this.moreButton.hidden = surplus <= 0 || this.visibleLimit === MAX_VISIBLE_ROWS;
    const surplusText =
      surplus > 0 ? `${surplus} more names match. Type more of the name to see them.` : "";
    this.matchStatus.textContent = matching ? surplusText : "No names match.";
  }

  /** Show as many names as a page can, and move on to the first of those that were hidden. */
  #showMore() {
    const isHidden = (/** @type {Row} */ { element }) => element.hidden;
    const firstHidden = this.rows?.find(isHidden);
    this.visibleLimit = MAX_VISIBLE_ROWS;
    this.#filterRows();
    firstHidden?.checkbox.focus();
  }
}
