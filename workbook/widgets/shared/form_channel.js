// @ts-check
// What the form of a study and its other views on a page tell each other. One channel for each study,
// shared by the bundles of the widgets.
import { markUnanswered } from "./page_state.js";
import { VisitHistory } from "./visit_history.js";

/** Milliseconds without an answer until the page says that it is calculating. */
const WAITING_NOTICE_MS = 150;
/** Milliseconds between two looks whether the visitor's last change is answered. */
const LOOK_MS = 50;

/**
 * @typedef {import("../types").FormChannel} Channel
 * @typedef {import("../types").ShownError} ShownError
 */

/** @implements {Channel} */
class FormChannel extends EventTarget {
  /** @type {ShownError[]} */
  errors = [];
  /** Whether a field has an error, which may not be shown yet. */
  hasErrors = () => false;
  isCalculating = false;
  /** Whether the visitor has gone back or forward and changed nothing since. */
  isRestoring = false;
  history = new VisitHistory();
  #noticeTimer = 0;

  /** @param {ShownError[]} errors */
  showErrors(errors) {
    if (JSON.stringify(errors) === JSON.stringify(this.errors)) return;
    this.errors = errors;
    this.dispatchEvent(new Event("errors"));
  }

  /** Say that the page is calculating, unless an answer comes soon. */
  startWaiting() {
    markUnanswered(true);
    if (this.#noticeTimer) return;
    this.#noticeTimer = setTimeout(() => this.#setCalculating(true), WAITING_NOTICE_MS);
  }

  stopWaiting() {
    markUnanswered(false);
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = 0;
    this.#setCalculating(false);
  }

  /** @param {boolean} isCalculating */
  #setCalculating(isCalculating) {
    if (isCalculating === this.isCalculating) return;
    this.isCalculating = isCalculating;
    this.dispatchEvent(new Event("calculating"));
  }

  /**
   * Put values back, as if the visitor had typed the texts.
   *
   * @param {import("../types").Texts} texts
   */
  putBack(texts) {
    this.dispatchEvent(new CustomEvent("put-back", { detail: texts }));
  }

  /** Write the next scenario into every field: the visitor has gone back or forward. */
  restore() {
    this.isRestoring = true;
    this.dispatchEvent(new Event("restore"));
  }

  /**
   * Show a field to the visitor, and move the focus to it.
   *
   * @param {string} name
   */
  focusField(name) {
    this.dispatchEvent(new CustomEvent("focus-field", { detail: name }));
  }
}

globalThis.workbookForms ??= new Map();

/**
 * @param {string} studyId
 * @returns {Channel}
 */
export const formChannel = (studyId) => {
  const channel = globalThis.workbookForms?.get(studyId) ?? new FormChannel();
  globalThis.workbookForms?.set(studyId, channel);
  return channel;
};

/**
 * Wait for the answer to the visitor's last change, so that what is saved or downloaded is what they
 * see. A request would overtake a change that is not sent yet.
 *
 * @param {Channel} channel
 * @returns {Promise<void>}
 */
export const waitForAnswer = (channel) =>
  new Promise((resolve) => {
    const look = () => {
      if (channel.history.hasUnansweredChange()) setTimeout(look, LOOK_MS);
      else resolve();
    };
    look();
  });
