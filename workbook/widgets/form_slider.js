// @ts-check
// The slider beside a number box. It is for the pointer: by keyboard, the arrow keys of the box step
// in the same way, so that the value is met and read once.
import { readNumber } from "./form_numbers.js";
import { createElement } from "./shared/dom.js";

export class Slider {
  /**
   * @param {import("./types").FieldDefinition} definition
   * @param {(text: string) => void} onInput
   */
  constructor({ label, unit, low, high, step }, onInput) {
    this.unit = unit;
    this.element = createElement("input", {
      type: "range",
      min: String(low),
      max: String(high),
      step: String(step),
      tabIndex: -1,
      ariaLabel: label,
    });
    this.element.addEventListener("input", () => onInput(this.element.value));
  }

  /** @param {string} text */
  syncText(text) {
    this.element.value = text;
    this.element.setAttribute("aria-valuetext", readNumber(text, this.unit));
  }
}
