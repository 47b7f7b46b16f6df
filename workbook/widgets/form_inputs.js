// @ts-check
// A field of the form: a label, a hint, one native input with the parameter's name, and what there is
// to say of its value. A multiselect or an upload is an extension of a field.
import { ChangedNote, FieldFacts } from "./form_notes.js";
import { NumberReading } from "./form_numbers.js";
import { Slider } from "./form_slider.js";
import { createElement } from "./shared/dom.js";

/** Milliseconds without typing before an error is shown at the field in use. */
export const TYPING_PAUSE_MS = 700;
export const NONE_SELECTED = "None selected";

/**
 * @typedef {import("./types").FieldDefinition} FieldDefinition
 * @typedef {object} Extension
 * @property {HTMLElement} element
 * @property {(text: string) => void} [syncText]
 * @property {(options: string[]) => void} [setOptions]
 */

/**
 * The label of an extension's input. The field's own label is added for screen readers.
 *
 * @param {string} text
 * @param {string} fieldLabel
 * @param {string} htmlFor
 */
export const createLabel = (text, fieldLabel, htmlFor) =>
  createElement(
    "label",
    { htmlFor },
    text,
    createElement("span", { className: "wb-visually-hidden", textContent: `: ${fieldLabel}` }),
  );

/**
 * @param {string} key
 * @param {"error" | "warning" | "substitution"} kind
 * @param {string} className
 */
const createMessage = (key, kind, className) =>
  createElement("p", { id: `${key}-${kind}`, className, hidden: true });

/** A number input with a slider, or a text input. */
export class InputField {
  /** @type {string[]} */
  options = [];
  /** @type {Extension[]} */
  extensions = [];
  /** The text before the present typing began. */
  previousText = "";
  lastTypedAt = 0;
  /** @type {Slider | null} */
  slider = null;
  /** @type {NumberReading | null} */
  reading = null;
  /** The element of another field that has the error of both, if there is one. @type {string[]} */
  #sharedErrorIds = [];

  /**
   * @param {FieldDefinition} definition
   * @param {string} formId
   * @param {(field: InputField) => void} onChange
   * @param {(field: InputField) => void} onPutBack
   */
  constructor(definition, formId, onChange, onPutBack) {
    const { name, label, unit, hint, wide } = definition;
    const key = `${formId}-${name}`;
    this.name = name;
    this.label = label;
    this.unit = unit;
    this.onChange = onChange;
    this.input = this.createInput(definition, key);
    this.input.addEventListener("input", () => this.#handleInput(this.text));
    this.errorMessage = createMessage(key, "error", "wb-error");
    this.warningMessage = createMessage(key, "warning", "wb-field-warning");
    this.substitution = createMessage(key, "substitution", "wb-field-warning");
    this.changedNote = new ChangedNote(definition, () => onPutBack(this));
    this.facts = new FieldFacts(definition);
    this.inputRow = this.#createInputRow(definition);
    if (definition.kind === "number") this.reading = new NumberReading(unit);
    this.element = createElement(
      "div",
      { className: `wb-field${wide ? " wb-wide" : ""}` },
      createElement("label", { htmlFor: key, textContent: label }),
      createElement("p", { id: `${key}-hint`, className: "wb-hint", textContent: hint }),
      this.errorMessage,
      this.warningMessage,
      this.substitution,
      this.inputRow,
      ...(this.reading ? [this.reading.element] : []),
      this.changedNote.element,
      this.facts.element,
    );
    this.#describeInput();
  }

  /**
   * @param {FieldDefinition} definition
   * @param {string} id
   * @returns {HTMLInputElement | HTMLSelectElement}
   */
  createInput({ name, kind, step, limit: max, published_text: defaultValue }, id) {
    // The published value as the default makes it one of the steps of the arrow keys.
    const number = { type: "number", step: String(step), max, defaultValue };
    const type = kind === "number" ? number : { type: "text" };
    return createElement("input", { id, name, autocomplete: "off", ...type });
  }

  /** @param {FieldDefinition} definition */
  #createInputRow(definition) {
    const createAffix = (/** @type {string} */ textContent) =>
      createElement("span", { className: "wb-affix", textContent, ariaHidden: "true" });
    const row = createElement("div", { className: "wb-inputs" }, this.input);
    if (this.unit === "GBP") row.prepend(createAffix("£"));
    if (this.unit === "share") row.append(createAffix("%"));
    if (definition.unit_word) row.append(createAffix(definition.unit_word));
    if (definition.has_slider) {
      this.slider = new Slider(definition, (text) => this.setAndSubmit(text));
      row.append(this.slider.element);
    }
    return row;
  }

  /** @param {Extension} extension */
  addExtension(extension) {
    this.extensions.push(extension);
    this.changedNote.element.before(extension.element);
  }

  /** @param {string} text */
  #handleInput(text) {
    this.lastTypedAt = performance.now();
    this.syncText(text);
    this.onChange(this);
  }

  /**
   * Update the slider, the reading and the extensions with the text.
   *
   * @param {string} text
   */
  syncText(text) {
    for (const extension of this.extensions) extension.syncText?.(text);
    this.slider?.syncText(text);
    this.reading?.syncText(text);
  }

  /** The text in the input. A number input does not reveal an invalid text. */
  get text() {
    return this.input.validity.badInput ? "not a number" : this.input.value;
  }

  set text(text) {
    if (this.input.value !== text && !this.input.validity.badInput) this.setValue(text);
    this.syncText(text);
  }

  /** Empty the input: an invalid number would otherwise stay. */
  clear() {
    this.input.value = "";
  }

  /** @param {string} text */
  setValue(text) {
    this.input.value = text;
  }

  /**
   * Set the text as if it were typed: from a slider, a checkbox, an upload or a chart.
   *
   * @param {string} text
   */
  setAndSubmit(text) {
    if (this.input.value !== text) this.setValue(text);
    this.#handleInput(text);
  }

  /** @param {string[]} options */
  setOptions(options) {
    if (JSON.stringify(options) === JSON.stringify(this.options)) return;
    this.options = options;
    this.renderOptions();
    for (const extension of this.extensions) extension.setOptions?.(options);
  }

  /** Show the options; a plain input shows none. */
  renderOptions() {}

  /** Whether nobody is typing in the field at present. */
  get isIdle() {
    const sinceTyped = performance.now() - this.lastTypedAt;
    return document.activeElement !== this.input || sinceTyped > TYPING_PAUSE_MS;
  }

  /**
   * @param {string} message - Empty if there is no error.
   * @param {InputField} [carrier] - The field that shows the message, if it is another one.
   */
  showError(message, carrier = this) {
    if (message) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    this.#sharedErrorIds = carrier === this ? [] : [carrier.errorMessage.id];
    this.#setMessage(this.errorMessage, carrier === this ? message && `Error: ${message}` : "");
    this.element.classList.toggle("wb-field-invalid", Boolean(message));
  }

  /** @param {string} message - Empty if there is no warning. */
  showWarning(message) {
    this.#setMessage(this.warningMessage, message && `Warning: ${message}`);
  }

  /** @param {string} text - What is used in place of the value; empty if it is used itself. */
  showSubstitution(text) {
    this.#setMessage(this.substitution, text);
  }

  /**
   * @param {HTMLElement} element
   * @param {string} text
   */
  #setMessage(element, text) {
    if (element.textContent !== text) element.textContent = text;
    element.hidden = !text;
    this.#describeInput();
  }

  /** Let a screen reader read the hint and the visible messages with the input, the error last. */
  #describeInput() {
    const messages = [this.substitution, this.warningMessage, this.errorMessage];
    const messageIds = messages.filter(({ hidden }) => !hidden).map(({ id }) => id);
    const ids = [`${this.input.id}-hint`, ...messageIds, ...this.#sharedErrorIds];
    this.input.setAttribute("aria-describedby", ids.join(" "));
  }

  /** Show the field to the visitor, and move the focus to it. */
  focus() {
    for (let parent = this.element.closest("details"); parent; ) {
      parent.open = true;
      parent = parent.parentElement?.closest("details") ?? null;
    }
    this.element.scrollIntoView({ block: "nearest" });
    this.input.focus({ preventScroll: true });
  }
}
