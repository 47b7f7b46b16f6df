// @ts-check
// Fields of the form: a label, a hint, one native input with the parameter's name, and an error or
// warning. A multiselect or an upload is an extension of a field.
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
 * A value with its unit, for the accessible value of a slider.
 *
 * @param {string} text
 * @param {string} unit
 */
const formatInput = (text, unit) => {
  if (unit === "share") return `${text}%`;
  if (unit === "year") return text;
  const number = Number(text).toLocaleString("en-GB");
  if (unit === "GBP") return `£${number}`;
  return unit === "people" ? `${number} people` : number;
};

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
 * @param {"error" | "warning"} kind
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
  /** @type {HTMLInputElement | null} */
  slider = null;

  /**
   * @param {FieldDefinition} definition
   * @param {string} formId
   * @param {() => void} onChange
   */
  constructor(definition, formId, onChange) {
    const { name, label, unit, hint, wide, kind } = definition;
    const key = `${formId}-${name}`;
    this.name = name;
    this.label = label;
    this.unit = unit;
    this.onChange = onChange;
    this.input = this.createInput(definition, key);
    this.input.setAttribute("aria-describedby", `${key}-hint`);
    this.input.addEventListener("input", () => this.#handleInput(this.text));
    this.errorMessage = createMessage(key, "error", "wb-error");
    this.warningMessage = createMessage(key, "warning", "wb-field-warning");
    this.inputRow = createElement("div", { className: "wb-inputs" }, ...this.#withAffix());
    if (kind === "number") this.#addSlider(definition);
    this.element = createElement(
      "div",
      { className: `wb-field${wide ? " wb-wide" : ""}` },
      createElement("label", { htmlFor: key, textContent: label }),
      createElement("p", { id: `${key}-hint`, className: "wb-hint", textContent: hint }),
      this.errorMessage,
      this.warningMessage,
      this.inputRow,
    );
  }

  /**
   * @param {FieldDefinition} definition
   * @param {string} id
   * @returns {HTMLInputElement | HTMLSelectElement}
   */
  createInput({ name, kind, step }, id) {
    const type = kind === "number" ? { type: "number", step: String(step) } : { type: "text" };
    return createElement("input", { id, name, autocomplete: "off", ...type });
  }

  /** @param {Extension} extension */
  addExtension(extension) {
    this.extensions.push(extension);
    this.element.append(extension.element);
  }

  /** @param {FieldDefinition} definition */
  #addSlider({ label, low, high, step }) {
    const slider = createElement("input", {
      type: "range",
      min: String(low),
      max: String(high),
      step: String(step),
    });
    slider.setAttribute("aria-label", label);
    slider.addEventListener("input", () => this.setAndSubmit(slider.value));
    this.slider = slider;
    this.inputRow.append(slider);
  }

  #withAffix() {
    const createAffix = (/** @type {string} */ textContent) =>
      createElement("span", { className: "wb-affix", textContent, ariaHidden: "true" });
    if (this.unit === "GBP") return [createAffix("£"), this.input];
    return this.unit === "share" ? [this.input, createAffix("%")] : [this.input];
  }

  /** @param {string} text */
  #handleInput(text) {
    this.lastTypedAt = performance.now();
    this.syncText(text);
    this.onChange();
  }

  /**
   * Update the slider and the extensions with the text.
   *
   * @param {string} text
   */
  syncText(text) {
    for (const extension of this.extensions) extension.syncText?.(text);
    if (!this.slider) return;
    this.slider.value = text;
    this.slider.setAttribute("aria-valuetext", formatInput(text, this.unit));
  }

  /** The text in the input. A number input does not reveal an invalid text. */
  get text() {
    return this.input.validity.badInput ? "not a number" : this.input.value;
  }

  set text(text) {
    if (this.input.value !== text && !this.input.validity.badInput) this.setValue(text);
    this.syncText(text);
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

  /** @param {string} message - Empty if there is no error. */
  showError(message) {
    if (message) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    this.#setMessage(this.errorMessage, message && `Error: ${message}`);
    this.element.classList.toggle("wb-field-invalid", Boolean(message));
  }

  /** @param {string} message - Empty if there is no warning. */
  showWarning(message) {
    this.#setMessage(this.warningMessage, message && `Warning: ${message}`);
  }

  /**
   * @param {HTMLElement} element
   * @param {string} text
   */
  #setMessage(element, text) {
    element.textContent = text;
    element.hidden = !text;
    const visibleMessages = [this.errorMessage, this.warningMessage].filter(
      ({ hidden }) => !hidden,
    );
    const ids = [`${this.input.id}-hint`, ...visibleMessages.map(({ id }) => id)];
    this.input.setAttribute("aria-describedby", ids.join(" "));
  }
}

/** A text input with suggestions, which also accepts other texts: a table's name, or a path. */
export class SuggestionField extends InputField {
  datalist = createElement("datalist", { id: `${this.input.id}-list` });

  renderOptions() {
    this.inputRow.append(this.datalist);
    this.input.setAttribute("list", this.datalist.id);
    const options = this.options.map((value) => createElement("option", { value }));
    this.datalist.replaceChildren(...options);
  }
}

/** @param {string} value */
const optionLabel = (value) =>
  value ? value.replace(/^upload:(.*)$/, "$1 (uploaded)") : NONE_SELECTED;

/** A select. A present value that is not among the options, such as one of a link, is added. */
export class SelectField extends InputField {
  /**
   * @param {FieldDefinition} definition
   * @param {string} formId
   * @param {() => void} onChange
   */
  constructor(definition, formId, onChange) {
    super(definition, formId, onChange);
    this.allowsBlank = definition.blank;
    this.options = definition.choices;
    this.renderOptions();
  }

  /**
   * @param {FieldDefinition} definition
   * @param {string} id
   * @returns {HTMLInputElement | HTMLSelectElement}
   */
  createInput({ name }, id) {
    return createElement("select", { id, name });
  }

  renderOptions() {
    this.setValue(this.input.value);
  }

  /** @param {string} text */
  setValue(text) {
    const offeredValues = this.allowsBlank ? ["", ...this.options] : this.options;
    const values = offeredValues.includes(text) ? offeredValues : [text, ...offeredValues];
    this.input.replaceChildren(...values.map((value) => new Option(optionLabel(value), value)));
    this.input.value = text;
  }
}
