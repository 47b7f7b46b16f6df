// @ts-check
// The error summary, in the pattern of the GOV.UK Design System: an alert with a link to each field.
import { addressFor } from "./shared/address.js";
import { createElement } from "./shared/dom.js";
import { IS_SERVED_PAGE } from "./shared/page_state.js";

const LAST_VALID_NOTE = "Showing the figures for the last valid values.";

/**
 * @typedef {import("./types").FormChannel} FormChannel
 * @typedef {import("./types").ShownError} ShownError
 */

export class ErrorSummary {
  errorCount = 0;

  /**
   * @param {string} studyId
   * @param {FormChannel} channel
   */
  constructor(studyId, channel) {
    this.studyId = studyId;
    this.channel = channel;
    this.content = "";
    this.element = createElement("div", { className: "wb-error-summary", hidden: true });
    this.element.setAttribute("role", "alert");
  }

  /**
   * @param {ShownError[]} errors
   * @param {string} linkError - Why a link cannot be opened; empty if it can.
   * @param {string} incident - A fault in the workbook; empty if there is none.
   */
  show(errors, linkError, incident) {
    const listed = errors.length || !linkError ? errors : [{ message: linkError, names: [] }];
    this.errorCount = listed.length + (incident ? 1 : 0);
    const content = JSON.stringify([listed, Boolean(linkError), incident]);
    if (content === this.content) return; // an alert that is written again is read again
    this.content = content;
    this.element.hidden = !this.errorCount;
    this.element.replaceChildren(
      ...(this.errorCount ? this.#createContent(listed, Boolean(linkError), incident) : []),
    );
  }

  /**
   * @param {ShownError[]} errors
   * @param {boolean} isLinkRejected
   * @param {string} incident
   */
  #createContent(errors, isLinkRejected, incident) {
    const textContent = isLinkRejected ? "There is a problem with this link" : "There is a problem";
    const items = errors.map((error) => createElement("li", {}, this.#createMessage(error)));
    const elements = [
      createElement("h2", { textContent }),
      ...(items.length ? [createElement("ul", {}, ...items)] : []),
      ...(incident
        ? [createElement("p", { className: "wb-incident", textContent: incident })]
        : []),
    ];
    // Under a link that cannot be opened, no scenario is shown.
    if (isLinkRejected) elements.push(createElement("p", {}, this.#createPublishedLink()));
    else if (items.length) elements.push(createElement("p", { textContent: LAST_VALID_NOTE }));
    return elements;
  }

  /** @param {ShownError} error */
  #createMessage({ message, names: [name] }) {
    if (!name) return message;
    const link = createElement("a", {
      href: `#wb-form-${this.studyId}-${name}`,
      textContent: message,
    });
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address is that of the scenario
      this.channel.focusField(name);
    });
    return link;
  }

  #createPublishedLink() {
    return createElement("a", {
      href: IS_SERVED_PAGE ? addressFor("") : "#",
      textContent: "Open the published assumptions instead",
    });
  }
}
