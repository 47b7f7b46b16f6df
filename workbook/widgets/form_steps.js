// @ts-check
// The visitor's steps: each is an entry in the browser's history. Moving a lever or typing in a field
// is one step until the change is finished.

/** Milliseconds within which further changes of one field, as by its arrow keys, are the same step. */
const SAME_STEP_MS = 1000;

export class StepCounter {
  number = 0;
  #isFinished = true;
  /** @type {unknown} */
  #source = null;
  #changedAt = 0;

  /**
   * Count a change.
   *
   * @param {unknown} [source] - The field that changes; none for a change that is a step by itself.
   * @returns {number} The number of the step that the change belongs to.
   */
  countChange(source) {
    const isRecent = performance.now() - this.#changedAt < SAME_STEP_MS;
    const continues = source && source === this.#source && (!this.#isFinished || isRecent);
    if (!continues) this.number += 1;
    this.#source = source;
    this.#isFinished = !source;
    this.#changedAt = performance.now();
    return this.number;
  }

  /** The change is finished: the visitor has let go of the lever or left the field. */
  finish() {
    this.#isFinished = true;
  }

  /** The next change begins a new step, whatever it is. */
  interrupt() {
    this.#isFinished = true;
    this.#source = null;
  }
}
