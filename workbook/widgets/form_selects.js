// @ts-check
// Fields with options: a text input with suggestions, and a select.
import { InputField, NONE_SELECTED } from "./form_inputs.js";
import { createElement } from "./shared/dom.js";

/** @typedef {import("./types").FieldDefinition} FieldDefinition */

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

/**
 * @param {string} value
 * @param {import("./types").Texts} labels
 */
const optionLabel = (value, labels) =>
  labels[value] ?? (value ? value.replace(/^upload:(.*)$/, "$1 (uploaded)") : NONE_SELECTED);

/** A select. A present value that is not among the options, such as one of a link, is added. */
export class SelectField extends InputField {
  /**
   * @param {FieldDefinition} definition
   * @param {string} formId
   * @param {(field: InputField) => void} onChange
   * @param {(field: InputField) => void} onPutBack
   */
  constructor(definition, formId, onChange, onPutBack) {
    super(definition, formId, onChange, onPutBack);
    this.allowsBlank = definition.blank;
    this.options = definition.choices;
    this.labels = definition.choice_labels;
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
    const options = values.map((value) => new Option(optionLabel(value, this.labels), value));
    this.input.replaceChildren(...options);
    this.input.value = text;
  }
}
