// @ts-check
// A labelled input with a hint and a place for its error, which a screen reader reads with it.
import { createElement, uniqueId } from "./shared/dom.js";

export class TextField {
  /**
   * @param {string} label
   * @param {HTMLInputElement | HTMLTextAreaElement} input
   * @param {string} [hint]
   */
  constructor(label, input, hint = "") {
    this.input = input;
    input.id = uniqueId("field");
    this.hint = createElement("p", {
      id: `${input.id}-hint`,
      className: "wb-field-hint",
      textContent: hint,
      hidden: !hint,
    });
    this.error = createElement("p", {
      id: `${input.id}-error`,
      className: "wb-field-error",
      hidden: true,
    });
    this.element = createElement(
      "div",
      { className: "wb-text-field" },
      createElement("label", { htmlFor: input.id, textContent: label }),
      this.hint,
      this.error,
      input,
    );
    this.showError("");
  }

  /** @param {string} message - Empty if there is no error. */
  showError(message) {
    this.error.hidden = !message;
    this.error.textContent = message && `Error: ${message}`;
    this.element.classList.toggle("wb-invalid", Boolean(message));
    if (message) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    const described = [this.hint, this.error].filter(({ hidden }) => !hidden);
    if (described.length) {
      this.input.setAttribute("aria-describedby", described.map(({ id }) => id).join(" "));
    } else this.input.removeAttribute("aria-describedby");
  }
}
