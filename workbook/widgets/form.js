// @ts-check
// The form: native inputs for a scenario. Every change sends the texts of all fields in one message,
// so that the front end can merge rapid changes. The kernel answers with the accepted texts.
import { FieldErrors } from "./form_errors.js";
import { createField } from "./form_fields.js";
import { HistoryPanel } from "./form_history.js";
import { TYPING_PAUSE_MS } from "./form_inputs.js";
import { FieldGroup, FormPanel } from "./form_layout.js";
import { PresetChoice } from "./form_presets.js";
import { StepCounter } from "./form_steps.js";
import { createElement, uniqueId } from "./shared/dom.js";
import { formChannel } from "./shared/form_channel.js";
import { setPageState } from "./shared/page_state.js";
import { renderVisible } from "./shared/render_queue.js";

/**
 * @typedef {import("./types").FormModel} FormModel
 * @typedef {import("./form_inputs.js").InputField} InputField
 * @typedef {import("./types").FieldDefinition} FieldDefinition
 * @typedef {import("./types").Texts} Texts
 */

/** Milliseconds after a change until errors are shown at the field in use as well. */
const ERROR_DELAY_MS = TYPING_PAUSE_MS + 20;

/** The fields of the form, its messages to the kernel, and the kernel's answers. */
class ScenarioForm {
  /** @param {FormModel} model */
  constructor(model) {
    this.model = model;
    this.sentRevision = model.get("accepted_revision");
    this.steps = new StepCounter();
    this.channel = formChannel(model.get("study_id"));
    const studyFormId = `wb-form-${model.get("study_id")}`;
    this.id = document.getElementById(studyFormId) ? uniqueId("form") : studyFormId;
    this.fieldByName = new Map(
      model.get("fields").map((definition) => [definition.name, this.#createField(definition)]),
    );
    this.fields = [...this.fieldByName.values()];
    this.groups = model.get("groups").map((group) => this.#createGroup(group));
    this.errors = new FieldErrors(this.fieldByName, this.groups);
    this.history = new HistoryPanel(this.channel.history);
    this.channel.history.hasUnansweredChange = () =>
      this.model.get("accepted_revision") < this.sentRevision;
    this.channel.hasErrors = () => Object.keys(this.model.get("field_errors")).length > 0;
    this.presets = new PresetChoice(
      model.get("published_scenarios"),
      this.id,
      this.history,
      ({ texts, title }) => this.applyTexts(texts, title),
    );
    this.panel = new FormPanel(this.#createForm());
  }

  /** @param {FieldDefinition} definition */
  #createField(definition) {
    return createField(definition, this.model, this.id, {
      onChange: (changed) => this.handleChange(changed),
      onPutBack: (changed) => this.#putBack(changed),
      onUploadEnd: () => this.markReadyWhenComplete(),
    });
  }

  /** @param {import("./types").FieldGroup} group */
  #createGroup(group) {
    const fields = group.names.flatMap((name) => this.fieldByName.get(name) ?? []);
    return new FieldGroup(
      group,
      fields.map(({ element }) => element),
    );
  }

  #createForm() {
    const form = createElement("form", { id: this.id, className: "wb-form", noValidate: true });
    const [levers, ...groups] = this.groups.map(({ element }) => element);
    form.append(levers, this.presets.element, ...groups);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.steps.finish());
    form.addEventListener("focusout", () => setTimeout(() => this.followFocus(), 0));
    return form;
  }

  /**
   * Send the texts of all fields. The kernel rejects an invalid one again, and it stays as typed.
   *
   * @param {InputField} [source] - The field that the visitor changes, if it is one.
   * @param {string} [preset] - Title of the published scenario that is opened, if it is one.
   */
  sendEdits(source, preset) {
    /** @param {"text" | "previousText"} property */
    const collect = (property) =>
      Object.fromEntries(this.fields.map((field) => [field.name, field[property]]));
    this.sentRevision += 1;
    this.channel.isRestoring = false;
    this.channel.startWaiting();
    setPageState("busy");
    this.model.set("edits", {
      revision: this.sentRevision,
      step: this.steps.countChange(source),
      texts: collect("text"),
      previous_texts: collect("previousText"),
      ...(preset ? { preset } : {}),
    });
    this.model.save_changes();
  }

  /** @param {InputField} source */
  handleChange(source) {
    this.sendEdits(source);
    setTimeout(() => this.showErrors(), ERROR_DELAY_MS);
  }

  /** Set the page to ready once every view of the newest edits is rendered. */
  async markReadyWhenComplete() {
    if (this.model.get("completed_revision") < this.sentRevision) return;
    await renderVisible();
    if (this.model.get("completed_revision") >= this.sentRevision) setPageState("ready");
  }

  /** The kernel has answered: the answer is up to date, unless there are newer edits. */
  handleAnswer() {
    this.channel.stopWaiting();
    if (this.model.get("accepted_revision") < this.sentRevision) this.channel.startWaiting();
    this.updateFields();
  }

  showErrors() {
    this.errors.show(this.model.get("field_errors"), this.model.get("field_warnings"));
    this.channel.showErrors(this.errors.summary);
    this.showCounts();
  }

  showCounts() {
    const changedNames = new Set(Object.keys(this.model.get("published_texts")));
    for (const group of this.groups) group.showCounts(changedNames, this.errors.invalidNames);
    this.panel.showCount(changedNames.size);
    for (const field of this.fields) field.changedNote.show(changedNames.has(field.name));
  }

  /** Show what the outcome says of each value: its source, or what is used in its place. */
  showFacts() {
    const facts = this.model.get("field_facts");
    const substitutions = this.model.get("substitutions");
    for (const field of this.fields) {
      field.facts.show(facts[field.name]);
      field.showSubstitution(substitutions[field.name] ?? "");
    }
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
      if (!field || (!force && document.activeElement === field.input)) continue;
      if (this.channel.isRestoring) field.clear();
      field.text = text;
    }
    this.presets.showOpen(this.model.get("field_texts"));
  }

  /** Bring the field that was left up to date. Writing into the next would undo its selection. */
  followFocus() {
    this.showErrors();
    this.writeTexts(false);
  }

  updateFields() {
    this.showErrors();
    this.writeTexts(this.channel.isRestoring);
  }

  updateOptions() {
    for (const [name, options] of Object.entries(this.model.get("field_options"))) {
      this.fieldByName.get(name)?.setOptions(options);
    }
  }

  /**
   * Apply the texts of a published scenario, or those that put values back. Other fields stay.
   *
   * @param {Texts} texts
   * @param {string} [preset] - Title of the published scenario, if it is one.
   */
  applyTexts(texts, preset) {
    for (const [name, text] of Object.entries(texts)) {
      const field = this.fieldByName.get(name);
      if (!field) continue;
      field.clear();
      field.text = text;
      field.previousText = text;
    }
    this.sendEdits(undefined, preset);
  }

  /** @param {InputField} field */
  #putBack({ name, input }) {
    const texts = this.model.get("published_texts")[name];
    if (!texts) return;
    this.applyTexts(texts);
    input.focus(); // the button disappears
  }

  /** The visitor went back or forward: every field is to show the scenario of that address. */
  restoreFields() {
    this.steps.interrupt();
  }

  /**
   * Accept a value that was selected in a chart of the same study. Only one form accepts it.
   *
   * @param {CustomEvent<import("./types").Choice>} event
   */
  handleChartChoice(event) {
    const { study_id: studyId, parameter, value } = event.detail;
    const field = this.fieldByName.get(parameter);
    if (event.defaultPrevented || studyId !== this.model.get("study_id")) return;
    if (!field || field.input.disabled) return;
    event.preventDefault();
    field.setAndSubmit(value);
    this.steps.finish();
  }
}

/**
 * Keep a form up to date with its model.
 *
 * @param {FormModel} model
 * @param {ScenarioForm} form
 */
const followModel = (model, form) => {
  const updateFields = () => form.updateFields();
  model.on("change:accepted_revision", () => form.handleAnswer());
  model.on("change:field_errors", updateFields);
  model.on("change:field_warnings", updateFields);
  model.on("change:field_texts", updateFields);
  model.on("change:published_texts", () => form.showCounts());
  model.on("change:field_facts", () => form.showFacts());
  model.on("change:substitutions", () => form.showFacts());
  model.on("change:field_options", () => form.updateOptions());
  model.on("change:completed_revision", () => form.markReadyWhenComplete());
};

/**
 * Follow what happens elsewhere on the page, until the form is removed.
 *
 * @param {ScenarioForm} form
 * @returns {() => void} Ends it.
 */
const followPage = (form) => {
  const ending = new AbortController();
  const { signal } = ending;
  const { channel } = form;
  /** @type {[EventTarget, string, (event: any) => void][]} */
  const listeners = [
    [document, "workbook:choose", (event) => form.handleChartChoice(event)],
    [channel, "restore", () => form.restoreFields()],
    [channel.history, "change", () => form.history.update()],
    [channel, "put-back", ({ detail }) => form.applyTexts(detail)],
    [channel, "focus-field", ({ detail }) => form.fieldByName.get(detail)?.focus()],
  ];
  for (const [target, type, listener] of listeners) {
    target.addEventListener(type, listener, { signal });
  }
  return () => {
    ending.abort();
    form.panel.dispose();
  };
};

export default {
  /** @param {{ model: FormModel, el: HTMLElement }} context */
  render({ model, el }) {
    const form = new ScenarioForm(model);
    followModel(model, form);
    form.updateOptions();
    form.writeTexts(true);
    form.showFacts();
    form.showErrors();
    el.append(form.panel.element);
    return followPage(form);
  },
};
