// @ts-check
// Whether the answer is up to date: a mark that all can see, and one short announcement. What has
// happened to a broken connection is read out by the bar at the top of the page.
import { createElement, createLiveRegion } from "./shared/dom.js";
import { brokenState } from "./shared/page_state.js";

const CALCULATING = "Calculating…";
const BEFORE_CHANGE = "These figures are from before your last change.";
const LAST_ANSWER = "These figures are those of the last answer.";
/** Milliseconds after the last change until the new answer is read out. */
const ANNOUNCEMENT_DELAY_MS = 1000;

/**
 * What is to be said of the figures on a page whose connection is broken.
 *
 * @param {boolean} isCalculating
 */
const describeOldFigures = (isCalculating) => {
  if (brokenState() && isCalculating) return BEFORE_CHANGE;
  return brokenState() === "lost" ? LAST_ANSWER : "";
};

export class AnswerStatus {
  #timer = 0;
  #announcement = "";

  constructor() {
    this.mark = createElement("span", {
      className: "wb-calculating",
      textContent: CALCULATING,
      ariaHidden: "true",
      hidden: true,
    });
    this.oldFigures = createElement("p", { className: "wb-old-figures", hidden: true });
    this.status = createLiveRegion("wb-visually-hidden");
    this.element = createElement(
      "div",
      { className: "wb-answer-status" },
      this.oldFigures,
      this.mark,
      this.status,
    );
  }

  /** @param {boolean} isCalculating */
  show(isCalculating) {
    this.oldFigures.textContent = describeOldFigures(isCalculating);
    this.oldFigures.hidden = !this.oldFigures.textContent;
    if (isCalculating && brokenState()) this.#stopCalculating();
    else this.#showCalculating(isCalculating);
  }

  /** Nothing is calculated during a break, and the last answer is not read out as a new one. */
  #stopCalculating() {
    this.mark.hidden = true;
    this.status.textContent = "";
  }

  /** @param {boolean} isCalculating */
  #showCalculating(isCalculating) {
    this.mark.hidden = !isCalculating;
    // It is read out once, however many changes follow before the next answer is read out.
    if (isCalculating) {
      clearTimeout(this.#timer); // an answer that is already out of date is not read out
      this.status.textContent = CALCULATING;
    } else if (this.status.textContent === CALCULATING) this.announce(this.#announcement);
  }

  /**
   * Read out the answer, once no newer one has come for a second.
   *
   * @param {string} text
   */
  announce(text) {
    this.#announcement = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.status.textContent = text;
    }, ANNOUNCEMENT_DELAY_MS);
  }
}
