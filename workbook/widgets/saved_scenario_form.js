// @ts-check
// The form that saves the scenario on the page under a name. Where a name is taken, it asks first.
import { createButton, createElement, uniqueId } from "./shared/dom.js";
import { downloadText } from "./shared/downloads.js";
import { TextField } from "./text_field.js";

const AUTHOR_KEY = "workbook author";
const CHOOSE_ANOTHER = "Choose another name";

/**
 * @typedef {import("./types").ScenarioAnswer} ScenarioAnswer
 * @typedef {import("./types").ScenarioQuestion} ScenarioQuestion
 */

/** The name that the visitor has given in this visit. */
const keptAuthor = () => {
  try {
    return sessionStorage.getItem(AUTHOR_KEY) ?? "";
  } catch {
    return "";
  }
};

/** @param {string} author */
const keepAuthor = (author) => {
  try {
    sessionStorage.setItem(AUTHOR_KEY, author);
  } catch {
    // without storage, the name is typed again after a reload
  }
};

export class SaveForm {
  /**
   * @param {boolean} canSave
   * @param {(request: Record<string, unknown>) => Promise<ScenarioAnswer>} send
   */
  constructor(canSave, send) {
    this.canSave = canSave;
    this.send = send;
    const name = createElement("input", { type: "text", autocomplete: "off" });
    this.author = new TextField(
      "Your name",
      createElement("input", { type: "text", autocomplete: "name", value: keptAuthor() }),
    );
    const why = createElement("textarea", { rows: 3 });
    /** @type {Record<string, TextField>} */
    this.fields = {
      name: new TextField("Name of the scenario", name, "Such as: Slower take-up"),
      author: this.author,
      why: new TextField("Why these values?", why),
    };
    this.saveButton = createElement("button", {
      className: "wb-button",
      textContent: canSave ? "Save" : "Download scenario file",
    });
    this.question = createElement("div", { className: "wb-save-question", hidden: true });
    this.form = createElement(
      "form",
      { noValidate: true },
      ...Object.values(this.fields).map(({ element }) => element),
      createElement("p", { className: "wb-saved-buttons" }, ...this.#createButtons()),
      this.question,
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save(!canSave);
    });
    this.form.addEventListener("input", () => this.#hideQuestion()); // it is about other texts
    this.element = createElement(
      "details",
      {},
      createElement("summary", { textContent: "Save this scenario" }),
      this.form,
    );
  }

  #createButtons() {
    if (!this.canSave) return [this.saveButton];
    return [this.saveButton, createButton("Download as a file", () => this.#save(true))];
  }

  /**
   * Show in the fields what is wrong with them, and move the focus to the first.
   *
   * @param {Record<string, string>} [errors]
   */
  showErrors(errors = {}) {
    for (const [name, field] of Object.entries(this.fields)) field.showError(errors[name] ?? "");
    const first = Object.entries(this.fields).find(([name]) => errors[name]);
    if (!first) return;
    this.element.open = true;
    first[1].input.focus();
  }

  /** @param {boolean} asFile - Whether to give the scenario as a file. */
  #save(asFile) {
    const texts = Object.fromEntries(
      Object.entries(this.fields).map(([name, { input }]) => [name, input.value]),
    );
    keepAuthor(texts.author);
    return this.#send({ action: "save", ...texts, as_file: asFile });
  }

  /** @param {Record<string, unknown>} request */
  async #send(request) {
    this.#hideQuestion();
    const answer = await this.send(request);
    this.showErrors(answer.errors);
    if (answer.question) this.#ask(answer.question, request);
    if (answer.file) downloadText(answer.file.text, "application/toml", answer.file.name);
  }

  /**
   * @param {ScenarioQuestion} question
   * @param {Record<string, unknown>} request - What the question is about, and sent when confirmed.
   */
  #ask({ text, follows, label }, request) {
    const id = uniqueId("question");
    const confirm = createButton(label, () => this.#send({ ...request, follows }));
    confirm.setAttribute("aria-describedby", id);
    const rename = createButton(CHOOSE_ANOTHER, () => {
      this.#hideQuestion();
      this.fields.name.input.focus();
      this.fields.name.input.select();
    });
    const buttons = createElement("p", { className: "wb-saved-buttons" }, confirm, rename);
    this.question.replaceChildren(createElement("p", { id, textContent: text }), buttons);
    this.question.hidden = false;
    confirm.focus();
  }

  #hideQuestion() {
    if (this.question.contains(document.activeElement)) this.saveButton.focus();
    this.question.hidden = true;
    this.question.replaceChildren();
  }
}
