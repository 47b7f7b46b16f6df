// @ts-check
// Groups of radio buttons or checkboxes in the form of a requested analysis.
import { createElement, uniqueId } from "./shared/dom.js";

/**
 * @typedef {import("./types").RequestValues} RequestValues
 * @typedef {{ name: string, label: string }} Option
 */

/** A fieldset of radio buttons or checkboxes, with a legend and an error. */
export class ChoiceGroup {
  /**
   * @param {string} name - Name of the input in the request.
   * @param {string} legend
   * @param {"radio" | "checkbox"} type
   * @param {() => void} onChange
   */
  constructor(name, legend, type, onChange) {
    this.name = name;
    this.type = type;
    this.id = uniqueId(name);
    this.onChange = onChange;
    /** @type {HTMLInputElement[]} */
    this.inputs = [];
    this.error = createElement("p", {
      id: `${this.id}-error`,
      className: "wb-error",
      hidden: true,
    });
    this.element = createElement(
      "fieldset",
      { className: "wb-choices" },
      createElement("legend", { textContent: legend }),
      this.error,
    );
  }

  /** @param {Option} option */
  createOption({ name, label }) {
    const input = createElement("input", { type: this.type, value: name });
    if (this.type === "radio") input.name = this.id;
    input.addEventListener("change", this.onChange);
    this.inputs.push(input);
    return createElement("label", {}, input, createElement("span", { textContent: label }));
  }

  /** The input that the focus moves to when there is an error. */
  get input() {
    return this.inputs[0];
  }

  /** Names of the chosen options, in their order. */
  get chosen() {
    return this.inputs.filter(({ checked }) => checked).map(({ value }) => value);
  }

  /** @returns {RequestValues} */
  get values() {
    if (this.element.closest("[hidden]")) return {};
    return { [this.name]: this.type === "radio" ? (this.chosen[0] ?? "") : this.chosen };
  }

  /** @param {string} message */
  showError(message) {
    this.error.textContent = message && `Error: ${message}`;
    this.error.hidden = !message;
    this.element.classList.toggle("wb-field-invalid", Boolean(message));
    if (message) this.element.setAttribute("aria-describedby", this.error.id);
    else this.element.removeAttribute("aria-describedby");
  }
}
