// @ts-check
// A chip for each value that differs from the published one, with a button that puts it back.
import { createElement } from "./shared/dom.js";

/**
 * @typedef {import("./types").ScenarioChange} ScenarioChange
 * @typedef {import("./types").Texts} Texts
 */

export class ChangeChips {
  /**
   * @param {string} studyId
   * @param {(texts: Texts) => void} onPutBack
   */
  constructor(studyId, onPutBack) {
    this.studyId = studyId;
    this.onPutBack = onPutBack;
    this.list = createElement("ul", { className: "wb-chips" });
    const title = createElement("p", {
      className: "wb-changes-title",
      textContent: "Changed from the published assumptions",
    });
    this.element = createElement("div", { className: "wb-result" }, title, this.list);
  }

  /** @param {ScenarioChange[]} changes */
  show(changes) {
    const chips = [...this.list.children];
    const focusedIndex = chips.findIndex((chip) => chip.contains(document.activeElement));
    this.element.hidden = !changes.length;
    this.list.replaceChildren(...changes.map((change) => this.#createChip(change)));
    if (focusedIndex >= 0) this.#restoreFocus(focusedIndex);
  }

  /** @param {ScenarioChange} change */
  #createChip({ label, published, value, published_texts: texts }) {
    const remove = createElement("button", {
      type: "button",
      className: "wb-chip-button",
      ariaLabel: `Put back ${label}: ${published}`,
      textContent: "×",
      title: `Put back ${published}`,
    });
    remove.addEventListener("click", () => this.onPutBack(texts));
    const arrow = createElement("span", { ariaHidden: "true", textContent: " → " });
    const to = createElement("span", { className: "wb-visually-hidden", textContent: " to " });
    return createElement(
      "li",
      {},
      createElement(
        "span",
        {},
        `${label}: ${published}`,
        arrow,
        to,
        createElement("strong", { textContent: value }),
      ),
      remove,
    );
  }

  /**
   * Move the focus to the chip in a place that had it, or else to the answer of the same study.
   *
   * @param {number} index
   */
  #restoreFocus(index) {
    const buttons = [...this.list.querySelectorAll("button")];
    const next = buttons[Math.min(index, buttons.length - 1)];
    /** @type {HTMLElement | null} */
    const answer = document.querySelector(`.wb-headline[data-study="${this.studyId}"]`);
    if (!next && answer) answer.tabIndex = -1;
    (next ?? answer)?.focus();
  }
}
