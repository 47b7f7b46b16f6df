// @ts-check
// How long a page waits for a server that is silent.

/** Milliseconds of silence after which the server counts as gone. */
const LONGEST_SILENCE_MS = 30000;
/** Milliseconds that count at most between two looks at the clock: a computer may have slept. */
const LONGEST_STEP_MS = 2000;

export class Patience {
  #silence = 0;
  #lookedAt = performance.now();

  /** A byte or an answer has come from the server. */
  renew() {
    this.#silence = 0;
  }

  /** Whether the server has been silent too long. The time without any network does not count. */
  isExhausted() {
    const now = performance.now();
    if (navigator.onLine) this.#silence += Math.min(now - this.#lookedAt, LONGEST_STEP_MS);
    this.#lookedAt = now;
    return this.#silence > LONGEST_SILENCE_MS;
  }
}
