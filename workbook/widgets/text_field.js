// @ts-check
// A labelled input with a hint and a place for its error, which a screen reader reads with it.
import { createElement, uniqueId } from "./shared/dom.js";

/** @template {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} [Input=HTMLInputElement | HTMLTextAreaElement] */
export class TextField {
  /**
   * @param {string} label
   * @param {Input} input
   * @param {string} [hint]
   */
  constructor(label, input, hint = "") {
    this.input = input;
    input.id = uniqueId("field");
    this.hint = createElement("p", {
      id: `${input.id}-hint`,
      className: "wb-hint",
    });
    this.error = createElement("p", {
      id: `${input.id}-error`,
      className: "wb-error",
      hidden: true,
    });
    this.label = createElement("label", { htmlFor: input.id, textContent: label });
    this.element = createElement(
      "div",
      { className: "wb-text-field" },
      this.label,
      this.hint,
      this.error,
      input,
    );
    this.showHint(hint);
    this.showError("");
  }

  /** @param {string} hint */
  showHint(hint) {
    this.hint.textContent = hint;
    this.hint.hidden = !hint;
    this.#describe();
  }

  /** @param {string} message - Empty if there is no error. */
  showError(message) {
    this.error.hidden = !message;
    this.error.textContent = message && `Error: ${message}`;
    this.element.classList.toggle("wb-field-invalid", Boolean(message));
    if (message) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    this.#describe();
  }

  #describe() {
    const ids = [this.hint, this.error].filter(({ hidden }) => !hidden).map(({ id }) => id);
    if (ids.length) this.input.setAttribute("aria-describedby", ids.join(" "));
    else this.input.removeAttribute("aria-describedby");
  }
}
