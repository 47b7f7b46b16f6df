// @ts-check
// The slider beside a number box. It is for the pointer: by keyboard, the arrow keys of the box step
// in the same way, so that the value is met and read once.
import { createElement } from "./shared/dom.js";

/**
 * A value with its unit, for the accessible value of a slider.
 *
 * @param {string} text
 * @param {string} unit
 */
const formatInput = (text, unit) => {
  if (unit === "share") return `${text}%`;
  if (unit === "year") return text;
  const number = Number(text).toLocaleString("en-GB");
  if (unit === "GBP") return `£${number}`;
  return unit === "people" ? `${number} people` : number;
};

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
    this.element.setAttribute("aria-valuetext", formatInput(text, this.unit));
  }
}
