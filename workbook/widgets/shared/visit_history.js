// @ts-check
// The steps of a visit: undo, redo, and the way back to any of them.

/**
 * @typedef {import("../types").VisitStep} VisitStep
 * @typedef {import("../types").VisitHistory} History
 */

/** @implements {History} */
export class VisitHistory extends EventTarget {
  /** @type {VisitStep[]} */
  steps = [];
  index = 0;
  /** @type {(query: string) => void} */
  openQuery = () => {};
  /** Whether a change of the visitor has no answer yet, so that it is no step. */
  hasUnansweredChange = () => false;
  /** Whether the link of a view records the steps. */
  isFollowed = false;

  /**
   * Continue the steps of an earlier load of the page, if the present scenario is one of them.
   *
   * @param {VisitStep[]} steps
   * @param {(query: string) => boolean} isPresent
   */
  resume(steps, isPresent) {
    const index = steps.findLastIndex(({ query }) => isPresent(query));
    if (index < 0) return;
    this.steps = steps;
    this.#moveTo(index);
  }

  /**
   * Record the present scenario: as a new step, which ends what could be redone, or in place of the
   * present one, as while a lever moves.
   *
   * @param {VisitStep} step
   * @param {boolean} isNew
   */
  record(step, isNew) {
    const index = this.steps.length ? this.index + Number(isNew) : 0;
    const later = isNew ? [] : this.steps.slice(index + 1);
    this.steps = [...this.steps.slice(0, index), step, ...later];
    this.#moveTo(index);
  }

  /**
   * Note that a scenario was opened, as by the browser's Back: it is the nearest step with that
   * scenario, or else a new one.
   *
   * @param {VisitStep} opened
   */
  follow(opened) {
    const distances = this.steps.map(({ query }, index) =>
      query === opened.query ? Math.abs(index - this.index) : Infinity,
    );
    const nearest = Math.min(...distances);
    if (nearest === Infinity) this.record(opened, true);
    else this.#moveTo(distances.indexOf(nearest));
  }

  /**
   * Open a step.
   *
   * @param {number} index
   */
  open(index) {
    const step = this.steps[index];
    if (!step || index === this.index) return;
    this.#moveTo(index);
    this.#openStep(step);
  }

  /** Open the step before the present one; the present one itself after an unanswered change. */
  undo() {
    if (this.hasUnansweredChange()) this.#openStep(this.steps[this.index]);
    else this.open(this.index - 1);
  }

  redo() {
    this.open(this.index + 1);
  }

  /**
   * Open the scenario of a step, with the record of its figures if a copied link led to it.
   *
   * @param {VisitStep} step
   */
  #openStep({ query, pin }) {
    this.openQuery([query, pin && `pin=${pin}`].filter(Boolean).join("&"));
  }

  /** @param {number} index */
  #moveTo(index) {
    this.index = index;
    this.dispatchEvent(new Event("change"));
  }
}
