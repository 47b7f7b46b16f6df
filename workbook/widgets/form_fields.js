// @ts-check
// The field for a parameter: its kind of input, with checkboxes for a list and an upload for a table.
import { InputField } from "./form_inputs.js";
import { SelectField, SuggestionField } from "./form_selects.js";
import { Multiselect } from "./multiselect.js";
import { TableUpload } from "./upload.js";

/**
 * @typedef {import("./types").FormModel} FormModel
 * @typedef {import("./types").FieldDefinition} FieldDefinition
 * @typedef {object} FieldEvents
 * @property {(field: InputField) => void} onChange
 * @property {(field: InputField) => void} onPutBack
 * @property {() => void} onUploadEnd
 */

/**
 * The class of field for a parameter.
 *
 * @param {FieldDefinition} definition
 * @param {FormModel} model
 */
const fieldClass = ({ name, kind, paths }, model) => {
  if (paths) return SuggestionField;
  const hasOptions = kind === "text" && name in model.get("field_options");
  return kind === "choice" || kind === "table" || hasOptions ? SelectField : InputField;
};

/**
 * @param {FieldDefinition} definition
 * @param {FormModel} model
 * @param {string} formId
 * @param {FieldEvents} events
 */
export const createField = (definition, model, formId, { onChange, onPutBack, onUploadEnd }) => {
  const field = new (fieldClass(definition, model))(definition, formId, onChange, onPutBack);
  if (definition.kind === "list") field.addExtension(new Multiselect(field));
  if (definition.template) {
    field.addExtension(new TableUpload(model, field, definition, onUploadEnd));
  }
  return field;
};
