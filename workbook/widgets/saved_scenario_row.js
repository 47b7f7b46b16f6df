// @ts-check
// A saved scenario in the list: who saved it and why, its history, and what can be done with it.
import { createButton, createElement, uniqueId } from "./shared/dom.js";
import { TextField } from "./text_field.js";

/**
 * @typedef {import("./types").ListedScenario} ListedScenario
 * @typedef {import("./types").ListedVersion} ListedVersion
 * @typedef {import("./types").ScenarioAnswer} ScenarioAnswer
 * @typedef {(request: Record<string, unknown>) => Promise<ScenarioAnswer>} Send
 */

/**
 * A button whose accessible name says which scenario it is for.
 *
 * @param {string} text
 * @param {string} name
 * @param {() => void} onClick
 */
const createNamedButton = (text, name, onClick) => createButton(text, onClick, `${text}: ${name}`);

export class ScenarioRow {
  /**
   * @param {ListedScenario} scenario
   * @param {{ open: Send, change: Send, ask: Send }} requests
   */
  constructor(scenario, requests) {
    this.name = scenario.name;
    this.requests = requests;
    const { name } = this;
    this.description = createElement("p", { className: "wb-hint" });
    this.why = createElement("p", { className: "wb-saved-why" });
    this.openButton = createNamedButton("Open", name, () =>
      requests.open({ action: "open", name }),
    );
    this.historyButton = createNamedButton("History", name, () => this.#toggleHistory());
    this.history = createElement("div", { id: uniqueId("history"), hidden: true });
    this.#setExpanded(this.historyButton, this.history, false);
    this.renameButton = createNamedButton("Rename", name, () => this.#showRename());
    this.deleteButton = createNamedButton("Delete", name, () =>
      requests.change({ action: "delete", name }),
    );
    this.renaming = createElement("div", { hidden: true });
    const buttons = [this.openButton, this.renameButton, this.deleteButton, this.historyButton];
    this.element = createElement(
      "li",
      {},
      createElement("h3", { textContent: name }),
      this.description,
      this.why,
      createElement("p", { className: "wb-saved-buttons" }, ...buttons),
      this.renaming,
      this.history,
    );
  }

  /**
   * Show what is saved now. An open history is asked for again.
   *
   * @param {ListedScenario} scenario
   */
  update(scenario) {
    this.description.textContent = this.#describe(scenario);
    this.why.textContent = scenario.why;
    for (const button of [this.renameButton, this.deleteButton]) {
      button.hidden = !scenario.is_editable;
    }
    if (!this.history.hidden) this.#readHistory();
  }

  /** @param {ListedScenario} scenario */
  #describe({ saved, changes, is_published: isPublished }) {
    return [saved, changes, isPublished ? "published" : ""].filter(Boolean).join(" · ");
  }

  /**
   * @param {HTMLElement} button
   * @param {HTMLElement} content
   * @param {boolean} isExpanded
   */
  #setExpanded(button, content, isExpanded) {
    button.setAttribute("aria-expanded", String(isExpanded));
    button.setAttribute("aria-controls", content.id);
    content.hidden = !isExpanded;
  }

  #showRename() {
    const input = createElement("input", { type: "text", autocomplete: "off", value: this.name });
    const field = new TextField(`New name of ${this.name}`, input);
    const save = createElement("button", { className: "wb-button", textContent: "Save name" });
    const cancel = createButton("Cancel", () => {
      this.renaming.hidden = true;
      this.renameButton.focus();
    });
    const form = createElement(
      "form",
      { noValidate: true },
      field.element,
      createElement("p", { className: "wb-saved-buttons" }, save, cancel),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const request = { action: "rename", name: this.name, new_name: input.value };
      const { errors } = await this.requests.change(request);
      field.showError(errors?.new_name ?? "");
      if (errors?.new_name) input.focus();
    });
    this.renaming.replaceChildren(form);
    this.renaming.hidden = false;
    input.focus();
    input.select();
  }

  #toggleHistory() {
    if (this.history.hidden) this.#showHistory();
    else this.#setExpanded(this.historyButton, this.history, false);
  }

  async #showHistory() {
    await this.#readHistory();
    this.#setExpanded(this.historyButton, this.history, this.history.hasChildNodes());
  }

  /** Read the history. The focus stays on the version that it was on. */
  async #readHistory() {
    const { versions } = await this.requests.ask({ action: "history", name: this.name });
    if (!versions) return;
    const items = versions.map((version) => this.#createVersion(version));
    const focused = document.activeElement;
    const label = this.history.contains(focused) ? focused?.ariaLabel : null;
    this.history.replaceChildren(createElement("ul", { className: "wb-versions" }, ...items));
    const buttons = [...this.history.querySelectorAll("button")];
    if (label) buttons.find(({ ariaLabel }) => ariaLabel === label)?.focus();
  }

  /** @param {ListedVersion} version */
  #createVersion({ version, saved, why, changes }) {
    const { name } = this;
    const open = createButton(
      `Open version ${version}`,
      () => this.requests.open({ action: "open", name, version }),
      `Open version ${version}: ${name}`,
    );
    return createElement(
      "li",
      {},
      createElement("p", { textContent: `${saved}.` }),
      ...(why ? [createElement("p", { className: "wb-saved-why", textContent: why })] : []),
      createElement(
        "ul",
        { hidden: !changes.length },
        ...changes.map((textContent) => createElement("li", { textContent })),
      ),
      createElement("p", { className: "wb-saved-buttons" }, open),
    );
  }
}
