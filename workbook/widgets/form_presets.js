// @ts-check
// The published scenarios: a choice that says what each one is, and the way back to the default.
import { createButton, createElement } from "./shared/dom.js";

const OTHER_TITLE = "Your own assumptions";

/**
 * @typedef {import("./types").Preset} Preset
 * @typedef {import("./types").Texts} Texts
 */

export class PresetChoice {
  /** @type {string | null} */
  #openTitle = null;

  /**
   * @param {Preset[]} presets - The default first.
   * @param {string} formId
   * @param {import("./form_history.js").HistoryPanel} history
   * @param {(preset: Preset) => void} onOpen
   */
  constructor(presets, formId, history, onOpen) {
    this.presets = presets;
    this.onOpen = onOpen;
    const resetButton = createButton("Reset to published assumptions", () => onOpen(presets[0]));
    const id = `${formId}-preset`;
    this.select = createElement("select", { id });
    this.select.setAttribute("aria-describedby", `${id}-description`);
    this.select.addEventListener("change", () => this.#describe());
    this.description = createElement("p", { id: `${id}-description`, className: "wb-hint" });
    const { undoButton, redoButton } = history;
    const buttons = [undoButton, redoButton, resetButton];
    const tools = createElement("div", { className: "wb-tools" }, ...buttons);
    this.element = createElement("div", { className: "wb-presets" }, tools);
    if (presets.length > 1) this.element.append(this.#createChoice(id));
    this.element.append(history.disclosure);
  }

  /** @param {string} id */
  #createChoice(id) {
    const openButton = createButton("Open", () => this.#open(), "Open the published scenario");
    return createElement(
      "details",
      { className: "wb-field-group" },
      createElement("summary", { textContent: "Published scenarios" }),
      createElement("label", { htmlFor: id, textContent: "Open a published scenario" }),
      createElement("div", { className: "wb-inputs" }, this.select, openButton),
      this.description,
    );
  }

  #open() {
    const preset = this.#selected();
    if (preset) this.onOpen(preset);
  }

  #selected() {
    return this.presets.find(({ title }) => title === this.select.value);
  }

  #describe() {
    this.description.textContent =
      this.#selected()?.description ?? "You have changed published values.";
  }

  /**
   * Select the scenario that is open. A choice that is not opened yet stays.
   *
   * @param {Texts} fieldTexts
   */
  showOpen(fieldTexts) {
    const isOpen = (/** @type {Preset} */ { texts }) =>
      Object.entries(texts).every(([name, text]) => fieldTexts[name] === text);
    const title = this.presets.find(isOpen)?.title ?? OTHER_TITLE;
    if (title === this.#openTitle) return;
    this.#openTitle = title;
    const titles = this.presets.map((preset) => preset.title);
    const offered = titles.includes(title) ? titles : [title, ...titles];
    this.select.replaceChildren(...offered.map((text) => new Option(text, text)));
    this.select.value = title;
    this.#describe();
  }
}
