// @ts-check
// The form's layout: levers in sight, the other fields in groups that open, and the whole form behind
// one disclosure on a small screen.
import { createElement } from "./shared/dom.js";

const TITLE = "Change the assumptions";
/** From this width on the form stands beside the answer, and is always open. */
const WIDE_SCREEN = "(min-width: 68rem)";

/** @typedef {import("./types").FieldGroup} FieldGroupDefinition */

/**
 * @param {number} changes
 * @param {number} [errors]
 */
const describeCounts = (changes, errors = 0) => {
  const problems = errors === 1 ? "1 problem" : `${errors} problems`;
  const counts = [...(changes ? [`${changes} changed`] : []), ...(errors ? [problems] : [])];
  return counts.length ? ` (${counts.join(", ")})` : "";
};

/** A group of fields: a disclosure with the number of changes in it. The levers have none. */
export class FieldGroup {
  /**
   * @param {FieldGroupDefinition} definition
   * @param {HTMLElement[]} elements
   */
  constructor({ title, names, is_open: open }, elements) {
    this.title = title;
    this.names = names;
    this.counts = createElement("span", { className: "wb-counts" });
    const fields = createElement("div", { className: "wb-group" }, ...elements);
    const legend = createElement("legend", { textContent: title });
    const summary = createElement("summary", {}, title, this.counts);
    this.element = title
      ? createElement(
          "details",
          { className: "wb-field-group", open },
          summary,
          createElement("fieldset", {}, legend, fields),
        )
      : createElement("div", { className: "wb-levers" }, fields);
  }

  /**
   * @param {Set<string>} changedNames
   * @param {Set<string>} invalidNames
   */
  showCounts(changedNames, invalidNames) {
    /** @param {Set<string>} names */
    const count = (names) => this.names.filter((name) => names.has(name)).length;
    this.counts.textContent = describeCounts(count(changedNames), count(invalidNames));
  }
}

/** The heading and the form: a disclosure on a small screen, which stays as the visitor left it. */
export class FormPanel {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.counts = createElement("span", { className: "wb-counts" });
    this.heading = createElement("h2", {}, TITLE, this.counts);
    this.disclosure = createElement("details", {}, createElement("summary"));
    this.element = createElement("div", { className: "wb-form-panel" });
    this.screen = matchMedia(WIDE_SCREEN);
    this.handleResize = () => this.#arrange();
    this.screen.addEventListener("change", this.handleResize);
    this.#arrange();
  }

  #arrange() {
    const focused = document.activeElement;
    if (this.screen.matches) {
      this.element.replaceChildren(this.heading, this.form);
    } else {
      this.disclosure.querySelector("summary")?.append(this.heading);
      this.disclosure.append(this.form);
      this.element.replaceChildren(this.disclosure);
      // The field in use does not disappear when a tablet is turned.
      if (this.form.contains(focused)) this.disclosure.open = true;
    }
    if (focused instanceof HTMLElement && this.form.contains(focused)) focused.focus();
  }

  /** @param {number} changeCount */
  showCount(changeCount) {
    this.counts.textContent = describeCounts(changeCount);
  }

  dispose() {
    this.screen.removeEventListener("change", this.handleResize);
  }
}
