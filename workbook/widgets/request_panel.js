// @ts-check
// The form of an analysis that a visitor requests: its inputs, a button, the progress and a result.
import { RequestedResult } from "./requested_result.js";
import { createButton, createElement, createLiveRegion } from "./shared/dom.js";
import { brokenState } from "./shared/page_state.js";
import { RepeatedRequest } from "./shared/repeated_request.js";
import { TextField } from "./text_field.js";

/** What is said of a result that is awaited, by what the page says of its connection. */
const AWAITED_TEXTS = {
  "": "Calculating…",
  reconnecting: "Reconnecting… The result follows once the page is connected.",
  lost: "The connection was lost, so this was not calculated. Reload the page to go on.",
};
/** What is printed in place of a result. */
const NO_RESULT = "Nothing has been calculated here.";

/**
 * @typedef {import("./types").RequestedAnalysisModel} RequestedAnalysisModel
 * @typedef {import("./types").RequestValues} RequestValues
 * @typedef {HTMLInputElement | HTMLSelectElement} Input
 */

/**
 * An input of the request, between what stands before and after its value.
 *
 * @extends {TextField<Input>}
 */
export class RequestField extends TextField {
  /**
   * @param {string} name - Name of the input in the request.
   * @param {string} label
   * @param {Input} input
   * @param {{ hint?: string, prefix?: string, suffix?: string }} [texts]
   */
  constructor(name, label, input, { hint = "", prefix = "", suffix = "" } = {}) {
    super(label, input, hint);
    this.name = name;
    this.prefix = createElement("span", { className: "wb-affix", textContent: prefix });
    this.suffix = createElement("span", { className: "wb-affix", textContent: suffix });
    for (const affix of [this.prefix, this.suffix]) affix.ariaHidden = "true"; // the hint says it
    const inputs = createElement("div", { className: "wb-inputs" });
    inputs.append(this.prefix, input, this.suffix);
    this.element.append(inputs);
  }

  /** The value to send: nothing from an input that is not shown. @returns {RequestValues} */
  get values() {
    return this.element.closest("[hidden]") ? {} : { [this.name]: this.input.value };
  }
}

/**
 * A choice of names by their labels.
 *
 * @param {[string, string][]} options - Names and labels.
 */
export const createChoice = (options) => {
  const select = createElement("select");
  replaceOptions(select, options);
  return select;
};

/**
 * Replace the options of a choice. What is chosen stays, if it is still offered.
 *
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} options
 */
export const replaceOptions = (select, options) => {
  const { value } = select;
  select.replaceChildren(...options.map(([name, label]) => new Option(label, name)));
  if (options.some(([name]) => name === value)) select.value = value;
};

/** An input for a number as a reader types it, such as 4.6 million. */
export const createNumberInput = () =>
  createElement("input", { type: "text", inputMode: "decimal", autocomplete: "off" });

/** The bar and the words that say how far the analysis is. */
class ProgressView {
  constructor() {
    this.bar = createElement("progress", { ariaLabel: "Progress of the calculation" });
    this.text = createElement("span");
    this.element = createElement("p", { className: "wb-progress" }, this.bar, this.text);
  }

  /** @param {[number, number]} progress - Steps that have run, and about how many there are. */
  show([done, expected]) {
    if (expected) {
      this.bar.max = expected;
      this.bar.value = done;
    } else {
      this.bar.removeAttribute("value");
    }
    this.text.textContent = expected ? `${done} of about ${expected} runs` : "";
  }
}

/** The form, its progress and the result of an analysis. */
export class RequestPanel {
  /** Whether a request is sent that has had no answer. */
  #isUnanswered = false;
  #showState = () => this.#showStatus();

  /**
   * @param {RequestedAnalysisModel} model
   * @param {object} parts
   * @param {Node[]} parts.content - What stands in the form, in order.
   * @param {() => import("./types").RequestInput[]} parts.fields - The fields that can have an error, in order.
   * @param {string} parts.button - Text of the button that starts the analysis.
   * @param {string} [parts.emptyText] - What is printed in place of a result.
   */
  constructor(model, { content, fields, button, emptyText = NO_RESULT }) {
    this.model = model;
    this.fields = fields;
    this.runButton = createElement("button", { className: "wb-button", textContent: button });
    this.requests = new RepeatedRequest(model);
    this.cancelButton = createButton("Cancel", () => this.#send({ request: "cancel" }));
    this.progress = new ProgressView();
    this.status = createLiveRegion("wb-request-status");
    this.note = createLiveRegion("wb-request-note");
    this.result = new RequestedResult(model, () => this.runButton.focus());
    this.printed = createElement("p", { className: "wb-request-printed", textContent: emptyText });
    const tools = createElement(
      "div",
      { className: "wb-tools" },
      this.runButton,
      this.cancelButton,
    );
    this.form = createElement("form", { noValidate: true }, ...content, tools);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#start();
    });
    this.element = createElement(
      "div",
      { className: "wb-request" },
      this.form,
      this.progress.element,
      this.status,
      this.note,
      this.result.element,
      this.printed,
    );
    this.#follow();
  }

  #start() {
    const values = this.fields().map((field) => field.values);
    const inputs = Object.assign({}, ...values);
    this.result.element.hidden = true; // what it shows is not the answer to this request
    this.progress.show([0, 0]);
    this.#send({ request: "run", inputs });
  }

  /** @param {Record<string, unknown>} request */
  async #send(request) {
    this.#isUnanswered = true;
    this.#showStatus();
    await this.requests.send(request);
    this.#isUnanswered = false;
    this.#showStatus();
    this.#showResult();
  }

  #follow() {
    const { model } = this;
    model.on("change:status", () => this.#showStatus());
    model.on("change:message", () => this.#showStatus());
    model.on("change:progress", () => this.progress.show(model.get("progress")));
    model.on("change:field_errors", () => {
      this.#showErrors(true);
      this.#showStatus();
    });
    model.on("change:note", () => this.#showNote());
    model.on("change:result", () => this.#showResult());
    document.addEventListener("workbook:state", this.#showState);
    this.progress.show(model.get("progress"));
    this.#showErrors(false);
    this.#showStatus();
    this.#showNote();
    this.#showResult();
  }

  #showResult() {
    if (!this.#isUnanswered) this.result.element.hidden = false;
    this.result.show();
    this.printed.hidden = Boolean(this.model.get("result").sentences);
  }

  #showStatus() {
    const isAwaited = this.#isUnanswered || this.model.get("status") === "running";
    const broken = isAwaited && brokenState();
    const isRunning = isAwaited && broken !== "lost";
    const hadFocus = this.cancelButton === document.activeElement;
    this.cancelButton.hidden = !isRunning;
    if (!isRunning && hadFocus) this.runButton.focus();
    this.progress.element.hidden = !isRunning || Boolean(broken);
    this.form.setAttribute("aria-busy", String(isRunning));
    this.#writeStatus(isAwaited ? AWAITED_TEXTS[broken || ""] : this.#problem());
  }

  /** @param {string} text - What is read out again only if it is another. */
  #writeStatus(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** Why there is no result, unless a field says it. */
  #problem() {
    const shown = new Set(this.fields().map(({ name }) => name));
    const errors = Object.entries(this.model.get("field_errors"));
    const others = errors.flatMap(([name, message]) => (shown.has(name) ? [] : [message]));
    return others.join(" ") || this.model.get("message");
  }

  #showNote() {
    this.note.textContent = this.model.get("note");
    this.result.showIsEarlier(Boolean(this.model.get("note")));
  }

  /** @param {boolean} isNew - Whether the visitor has just sent the request. */
  #showErrors(isNew) {
    const errors = this.model.get("field_errors");
    const fields = this.fields();
    for (const field of fields) field.showError(errors[field.name] ?? "");
    const first = isNew && fields.find(({ name }) => errors[name]);
    if (!first) return;
    first.input.closest("details")?.setAttribute("open", "");
    first.input.focus();
  }

  remove() {
    document.removeEventListener("workbook:state", this.#showState);
    this.requests.remove();
    this.result.remove();
  }
}
