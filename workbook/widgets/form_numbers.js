// @ts-check
// The number of a field as a reader says it: a number input shows 500000000 without separators.
import { createElement } from "./shared/dom.js";

const MILLION = 1_000_000;
/** From this number on, a reader would have to count the digits. */
const LARGE_NUMBER = 10_000;

const separated = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });
const inMillions = new Intl.NumberFormat("en-GB", {
  notation: "compact",
  compactDisplay: "long",
  maximumFractionDigits: 6,
});

/**
 * A number with its unit, such as "£500 million" or "300,000 people".
 *
 * @param {string} text
 * @param {string} unit
 */
export const readNumber = (text, unit) => {
  if (unit === "share") return `${text}%`;
  if (unit === "year") return text;
  const value = Number(text);
  const number = (Math.abs(value) < MILLION ? separated : inMillions).format(value);
  if (unit === "GBP") return value < 0 ? `−£${number.slice(1)}` : `£${number}`;
  return unit === "people" ? `${number} people` : number;
};

/** A large number in words, under its input. A screen reader says the input's own number so. */
export class NumberReading {
  /** @param {string} unit */
  constructor(unit) {
    this.unit = unit;
    this.element = createElement("p", { className: "wb-reading", hidden: true });
    this.element.ariaHidden = "true";
  }

  /** @param {string} text */
  syncText(text) {
    const isLarge = text !== "" && Math.abs(Number(text)) >= LARGE_NUMBER;
    this.element.hidden = !isLarge;
    this.element.textContent = isLarge ? readNumber(text, this.unit) : "";
  }
}
