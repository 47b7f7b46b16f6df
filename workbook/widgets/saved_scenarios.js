// @ts-check
// The saved scenarios: save the present one, open, rename, delete and restore those that there are,
// and open a scenario file of the visitor's own.
import { SaveForm } from "./saved_scenario_form.js";
import { ScenarioRequests } from "./saved_scenario_requests.js";
import { ScenarioRow } from "./saved_scenario_row.js";
import { createButton, createElement, uniqueId } from "./shared/dom.js";
import { TextField } from "./text_field.js";

/** Bytes of a scenario file, at most, as in text_files.py. */
const LARGEST_FILE = 64 * 1024;
const NOT_KEPT =
  "This site does not keep scenarios. Download the file of yours to open it again, or use Copy link.";
const NONE_SAVED = "No scenarios are saved yet.";
const FILE_HINT = "A file that was downloaded here, or of the scenarios folder. Up to 64 KiB.";

/**
 * @typedef {import("./types").SavedScenariosModel} SavedScenariosModel
 * @typedef {import("./types").ScenarioAnswer} ScenarioAnswer
 * @typedef {Record<string, unknown>} Request
 */

/**
 * The text of a file.
 *
 * @param {File} file
 * @returns {Promise<string>} Rejected with a sentence if it cannot be read.
 */
const readText = async (file) => {
  if (file.size > LARGEST_FILE) {
    throw new Error(`${file.name} cannot be read as a scenario: it is larger than 64 KiB.`);
  }
  const content = await file.arrayBuffer().catch(() => {
    throw new Error(`${file.name} could not be read. It may have been moved or changed.`);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new Error(`${file.name} cannot be read as a scenario: it is not text in UTF-8.`);
  }
};

class SavedScenarios {
  /** @type {ScenarioRow[]} */
  rows = [];

  /** @param {SavedScenariosModel} model */
  constructor(model) {
    this.requests = new ScenarioRequests(model);
    this.status = createElement("p", { className: "wb-saved-status" });
    this.status.setAttribute("role", "status");
    this.undo = createElement("p", { className: "wb-saved-buttons", hidden: true });
    this.form = new SaveForm(model.get("can_save"), (request) => this.send(request));
    this.list = createElement("ul", { className: "wb-saved-list" });
    this.fileErrors = createElement("ul", { className: "wb-file-errors", hidden: true });
    this.none = createElement("p", { textContent: NONE_SAVED, hidden: true });
    this.listing = createElement(
      "details",
      {},
      createElement("summary", { textContent: "Open a saved scenario" }),
      this.none,
      this.list,
      this.fileErrors,
    );
    this.listing.addEventListener("toggle", () => {
      if (this.listing.open) this.send({ action: "list" }, "");
    });
    this.element = this.#createSection(model.get("can_save"));
  }

  /** @param {boolean} canSave */
  #createSection(canSave) {
    const id = uniqueId("saved");
    const section = createElement(
      "section",
      { className: "wb-saved" },
      createElement("h2", { id, textContent: "Saved scenarios" }),
      ...(canSave ? [] : [createElement("p", { textContent: NOT_KEPT })]),
      this.form.element,
      this.listing,
      this.#createFileInput(),
      createElement("div", { className: "wb-saved-message" }, this.status, this.undo),
    );
    section.setAttribute("aria-labelledby", id);
    return section;
  }

  #createFileInput() {
    const input = createElement("input", { type: "file", accept: ".toml" });
    const field = new TextField("Scenario file", input, FILE_HINT);
    input.addEventListener("change", async () => {
      const file = input.files?.[0];
      if (!file) return;
      field.showError("");
      try {
        const text = await readText(file);
        const answer = await this.open({ action: "open_file", file_name: file.name, text });
        field.showError(answer.errors?.file ?? "");
      } catch (error) {
        this.#report("");
        field.showError(/** @type {Error} */ (error).message);
      }
      if (!field.error.hidden) input.focus();
      input.value = ""; // the same file can be chosen again
    });
    const summary = createElement("summary", { textContent: "Open a scenario file" });
    return createElement("details", {}, summary, field.element);
  }

  /**
   * Send a request, and show its answer.
   *
   * @param {Request} request
   * @param {string} [waiting] - What to say until the answer.
   */
  async send(request, waiting = "One moment…") {
    if (waiting) this.#report(waiting);
    const answer = await this.requests.send(request);
    if (waiting) this.#report("");
    return this.#show(answer);
  }

  /** @param {Request} request */
  async open(request) {
    this.#report("Opening…");
    const answer = await this.requests.open(request);
    this.#report("");
    return this.#show(answer);
  }

  /**
   * Rename, delete or restore a scenario, in the name that the visitor has given.
   *
   * @param {Request} request
   */
  async change(request) {
    const author = this.form.author.input.value;
    const answer = await this.send({ ...request, author });
    const authorError = answer.errors?.author ?? "";
    if (authorError) this.form.showErrors({ author: authorError });
    else this.form.author.showError("");
    if (answer.name) this.rows.find(({ name }) => name === answer.name)?.openButton.focus();
    if (answer.deleted) this.#offerUndo(answer.deleted);
    return answer;
  }

  /** @param {ScenarioAnswer} answer */
  #show(answer) {
    const message = answer.failure ? `Error: ${answer.failure}` : answer.status;
    if (message) {
      this.#report(message);
      this.status.classList.toggle("wb-error", Boolean(answer.failure));
      this.status.scrollIntoView({ block: "nearest" });
    }
    if (answer.author) this.form.author.input.value ||= answer.author;
    if (answer.scenarios && answer.status) this.undo.hidden = true; // a new change
    if (answer.scenarios) this.#showList(answer);
    return answer;
  }

  /**
   * Show the list. The row of a scenario stays, with what is open in it and the focus.
   *
   * @param {ScenarioAnswer} answer
   */
  #showList({ scenarios = [], file_errors: fileErrors = [] }) {
    const requests = {
      open: (/** @type {Request} */ request) => this.open(request),
      change: (/** @type {Request} */ request) => this.change(request),
      ask: (/** @type {Request} */ request) => this.send(request, ""),
    };
    const earlier = new Map(this.rows.map((row) => [row.name, row]));
    this.rows = scenarios.map((scenario) => {
      const row = earlier.get(scenario.name) ?? new ScenarioRow(scenario, requests);
      row.update(scenario);
      return row;
    });
    const focused = document.activeElement;
    this.list.replaceChildren(...this.rows.map(({ element }) => element));
    if (focused instanceof HTMLElement && this.list.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    this.list.hidden = !this.rows.length;
    this.none.hidden = this.rows.length > 0;
    const items = fileErrors.map((textContent) => createElement("li", { textContent }));
    this.fileErrors.replaceChildren(...items);
    this.fileErrors.hidden = !items.length;
  }

  /** @param {string} name */
  #offerUndo(name) {
    const button = createButton(`Undo: bring ${name} back`, async () => {
      if (button.ariaDisabled) return;
      button.ariaDisabled = "true";
      await this.change({ action: "restore", name });
      button.ariaDisabled = null;
    });
    this.undo.replaceChildren(button);
    this.undo.hidden = false;
    button.focus();
  }

  /** @param {string} message */
  #report(message) {
    this.status.classList.remove("wb-error");
    this.status.textContent = message;
  }
}

export default {
  /** @param {{ model: SavedScenariosModel, el: HTMLElement }} context */
  render({ model, el }) {
    const saved = new SavedScenarios(model);
    el.append(saved.element);
    return () => saved.requests.remove();
  },
};
