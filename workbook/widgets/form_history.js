// @ts-check
// Undo, redo, and the steps of this visit.
import { createButton, createElement } from "./shared/dom.js";

/** @typedef {import("./types").VisitHistory} VisitHistory */

export class HistoryPanel {
  /** @param {VisitHistory} history */
  constructor(history) {
    this.history = history;
    // They stay in place, so that the focus does, when there is nothing more to undo or redo.
    this.undoButton = createButton("Undo", () => history.undo());
    this.redoButton = createButton("Redo", () => history.redo());
    this.count = createElement("span", { className: "wb-counts" });
    this.list = createElement("ol", { className: "wb-steps" });
    this.disclosure = createElement(
      "details",
      { className: "wb-field-group" },
      createElement("summary", {}, "History of this visit", this.count),
      this.list,
    );
    this.update();
  }

  update() {
    const { steps, index } = this.history;
    this.undoButton.ariaDisabled = String(index === 0);
    this.redoButton.ariaDisabled = String(index >= steps.length - 1);
    this.count.textContent = steps.length > 1 ? ` (${steps.length})` : "";
    const focusedIndex = [...this.list.children].findIndex((item) =>
      item.contains(document.activeElement),
    );
    this.list.replaceChildren(...steps.map((_, position) => this.#createStep(position)));
    this.list.children[focusedIndex]?.querySelector("button")?.focus();
  }

  /** @param {number} position */
  #createStep(position) {
    const button = createButton(this.history.steps[position].label, () =>
      this.history.open(position),
    );
    button.className = "wb-link-button";
    if (position === this.history.index) button.ariaCurrent = "step";
    return createElement("li", {}, button);
  }
}
