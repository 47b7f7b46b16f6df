// @ts-check
// The form: native inputs for a scenario. Every change sends the texts of all fields in one message,
// so that the front end can merge rapid changes. The kernel answers with the accepted texts.
import { InputField, SelectField, SuggestionField, TYPING_PAUSE_MS } from "./form_inputs.js";
import { Multiselect } from "./multiselect.js";
import { createButton, createElement, createLiveRegion, uniqueId } from "./shared/dom.js";
import { allRendered, setPageState } from "./shared/page_state.js";
import { TableUpload } from "./upload.js";

/**
 * @typedef {import("./types").FormModel} FormModel
 * @typedef {import("./types").FieldDefinition} FieldDefinition
 * @typedef {import("./types").Texts} Texts
 */

/** Milliseconds after a change until errors are shown at the field in use as well. */
const ERROR_DELAY_MS = TYPING_PAUSE_MS + 20;

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
 * @param {string} id
 * @param {() => void} onChange
 * @param {FormModel} model
 * @param {() => void} onUploadEnd
 */
const createField = (definition, id, onChange, model, onUploadEnd) => {
  const field = new (fieldClass(definition, model))(definition, id, onChange);
  if (definition.kind === "list") field.addExtension(new Multiselect(field));
  if (definition.template) {
    field.addExtension(new TableUpload(model, field, definition, onUploadEnd));
  }
  return field;
};

/**
 * A fieldset for each group of fields.
 *
 * @param {FieldDefinition[]} definitions
 * @param {Map<string, InputField>} fieldByName
 */
const createFieldsets = (definitions, fieldByName) => {
  /** @type {Map<string, HTMLElement[]>} */
  const elementsByGroup = new Map();
  for (const { name, group } of definitions) {
    const element = fieldByName.get(name)?.element;
    if (element) elementsByGroup.set(group, [...(elementsByGroup.get(group) ?? []), element]);
  }
  return [...elementsByGroup].map(([group, elements]) =>
    createElement(
      "fieldset",
      {},
      createElement("legend", { textContent: group || "Assumptions" }),
      createElement("div", { className: "wb-group" }, ...elements),
    ),
  );
};

/** The fields of the form, its messages to the kernel, and the kernel's answers. */
class ScenarioForm {
  /** @param {FormModel} model */
  constructor(model) {
    this.model = model;
    this.sentRevision = model.get("accepted_revision");
    this.status = createLiveRegion("wb-visually-hidden");
    const id = uniqueId("form");
    this.fields = model.get("fields").map((definition) =>
      createField(
        definition,
        id,
        () => this.sendAllFields(),
        model,
        () => this.markReadyWhenComplete(),
      ),
    );
    this.fieldByName = new Map(this.fields.map((field) => [field.name, field]));
    this.element = this.#createElement();
  }

  #createElement() {
    const buttons = this.model
      .get("published_scenarios")
      .map(({ title, texts }) => createButton(title, () => this.applyPublished(texts)));
    const tools = createElement("div", { className: "wb-tools" }, ...buttons);
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Open a published scenario");
    const form = createElement(
      "form",
      { className: "wb-form", noValidate: true },
      createElement("h2", { textContent: "Change the assumptions" }),
      tools,
      this.status,
      ...createFieldsets(this.model.get("fields"), this.fieldByName),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusout", () => setTimeout(() => this.updateFields(), 0));
    return form;
  }

  /**
   * @param {Texts} texts
   * @param {Texts} previousTexts
   */
  sendEdits(texts, previousTexts) {
    this.sentRevision += 1;
    setPageState("busy");
    const revision = this.sentRevision;
    this.model.set("edits", { revision, texts, previous_texts: previousTexts });
    this.model.save_changes();
  }

  sendAllFields() {
    /** @param {"text" | "previousText"} property */
    const collect = (property) =>
      Object.fromEntries(this.fields.map((field) => [field.name, field[property]]));
    this.sendEdits(collect("text"), collect("previousText"));
    setTimeout(() => this.showErrors(), ERROR_DELAY_MS);
  }

  /** Set the page to ready once every view of the newest edits is rendered. */
  async markReadyWhenComplete() {
    if (this.model.get("completed_revision") < this.sentRevision) return;
    await allRendered();
    if (this.model.get("completed_revision") >= this.sentRevision) setPageState("ready");
  }

  showErrors() {
    const errors = this.model.get("field_errors");
    const warnings = this.model.get("field_warnings");
    for (const field of this.fields) {
      const error = errors[field.name] ?? "";
      if (!error || field.isIdle) field.showError(error);
      if (!error && field.isIdle) field.previousText = field.text;
      // A warning is about the accepted value, not about the rejected one.
      field.showWarning(error ? "" : (warnings[field.name] ?? ""));
    }
    const count = this.fields.filter((field) => errors[field.name]).length;
    const subject = count === 1 ? "1 value" : `${count} values`;
    // Under a link that cannot be opened, no scenario is shown.
    const advice = document.body.hasAttribute("data-link-error")
      ? "Correct the fields below."
      : "Showing the last valid scenario: correct the fields below.";
    const announcement = count ? `There is a problem with ${subject}. ${advice}` : "";
    if (this.status.textContent !== announcement) this.status.textContent = announcement;
  }

  /**
   * Write the accepted texts into the fields, once the kernel has answered the newest edits.
   *
   * @param {boolean} force - Write at once, and also into the field that has the focus.
   */
  writeTexts(force) {
    if (!force && this.model.get("accepted_revision") < this.sentRevision) return;
    for (const [name, text] of Object.entries(this.model.get("field_texts"))) {
      const field = this.fieldByName.get(name);
      if (field && (force || document.activeElement !== field.input)) field.text = text;
    }
  }

  updateFields() {
    this.showErrors();
    this.writeTexts(false);
  }

  updateOptions() {
    for (const [name, options] of Object.entries(this.model.get("field_options"))) {
      this.fieldByName.get(name)?.setOptions(options);
    }
  }

  /** @param {Texts} texts */
  applyPublished(texts) {
    for (const [name, text] of Object.entries(texts)) {
      const field = this.fieldByName.get(name);
      if (!field) continue;
      field.input.value = ""; // otherwise an invalid number would stay
      field.text = text;
    }
    this.sendEdits(texts, texts);
  }

  /**
   * Accept a value that was selected in a chart of the same study. Only one form accepts it.
   *
   * @param {CustomEvent<import("./types").Choice>} event
   */
  handleChartChoice(event) {
    const { study_id: studyId, parameter, value } = event.detail;
    const field = this.fieldByName.get(parameter);
    if (event.defaultPrevented || studyId !== this.model.get("study_id") || !field) return;
    event.preventDefault();
    field.setAndSubmit(value);
  }
}

export default {
  /** @param {{ model: FormModel, el: HTMLElement }} context */
  render({ model, el }) {
    const form = new ScenarioForm(model);
    const updateFields = () => form.updateFields();
    model.on("change:accepted_revision", updateFields);
    model.on("change:field_errors", updateFields);
    model.on("change:field_warnings", updateFields);
    model.on("change:field_texts", updateFields);
    model.on("change:field_options", () => form.updateOptions());
    model.on("change:completed_revision", () => form.markReadyWhenComplete());
    const handleChoice = (/** @type {any} */ event) => form.handleChartChoice(event);
    document.addEventListener("workbook:choose", handleChoice);
    form.updateOptions();
    form.writeTexts(true);
    form.showErrors();
    el.append(form.element);
    return () => document.removeEventListener("workbook:choose", handleChoice);
  },
};
