// @ts-check
// The result of a requested analysis: the answer, notes, charts and tables.
import chart from "./chart.js";
import { DataTable } from "./shared/data_table.js";
import { createButton, createElement, createLiveRegion, writeProse } from "./shared/dom.js";
import { formChannel } from "./shared/form_channel.js";

const USE_ONE = "Use this value";
const USE_SEVERAL = "Use these values";

/**
 * @typedef {import("./types").RequestedAnalysisModel} RequestedAnalysisModel
 * @typedef {import("./types").ChartTraits} ChartTraits
 * @typedef {import("./types").ChartModel} ChartModel
 */

/**
 * The model of a chart within a result. What it asks of the kernel, the analysis asks.
 *
 * @param {RequestedAnalysisModel} model
 * @param {ChartTraits} traits
 */
const createChartModel = (model, traits) => {
  /** @type {unknown} */
  const chartModel = {
    get: (/** @type {keyof ChartTraits} */ name) => traits[name],
    on: (/** @type {string} */ event, /** @type {(content: any) => void} */ listener) => {
      if (event === "msg:custom") model.on(event, listener);
    },
    send: (/** @type {unknown} */ content) => model.send(content),
  };
  return /** @type {ChartModel} */ (chartModel);
};

export class RequestedResult {
  /** @type {(() => void)[]} */
  #removals = [];
  #isEarlier = false;

  /**
   * @param {RequestedAnalysisModel} model
   * @param {() => void} onUse - Called when the button is pressed and goes.
   */
  constructor(model, onUse) {
    this.model = model;
    this.answer = createLiveRegion("wb-request-answer");
    this.notes = createElement("ul", { className: "wb-notes" });
    this.useButton = createButton(USE_ONE, () => {
      formChannel(model.get("study_id")).putBack(model.get("result").form_texts ?? {});
      this.tools.hidden = true;
      onUse();
    });
    this.tools = createElement("p", { className: "wb-tools" }, this.useButton);
    this.parts = createElement("div");
    this.element = createElement(
      "div",
      { className: "wb-result" },
      this.answer,
      this.notes,
      this.tools,
      this.parts,
    );
  }

  show() {
    const { sentences = [], parts = [] } = this.model.get("result");
    const [answer = "", ...notes] = sentences;
    writeProse(this.answer, answer);
    this.notes.replaceChildren(...notes.map((note) => writeProse(createElement("li"), note)));
    this.notes.hidden = !notes.length;
    this.remove();
    this.parts.replaceChildren(
      ...parts.map((part) =>
        "chart" in part ? this.#createChart(part.chart) : this.#createTable(part.table),
      ),
    );
    this.#showButton();
  }

  /** @param {boolean} isEarlier - Whether the result is of an earlier scenario. */
  showIsEarlier(isEarlier) {
    this.#isEarlier = isEarlier;
    this.element.classList.toggle("wb-earlier", isEarlier);
    this.#showButton();
  }

  #showButton() {
    const { form_texts: texts = {} } = this.model.get("result");
    const count = Object.keys(texts).length;
    this.tools.hidden = this.#isEarlier || !count;
    this.useButton.textContent = this.useButton.ariaLabel = count > 1 ? USE_SEVERAL : USE_ONE;
  }

  /** @param {ChartTraits} traits */
  #createChart(traits) {
    const el = createElement("div");
    this.#removals.push(chart.render({ model: createChartModel(this.model, traits), el }));
    return el;
  }

  /** @param {import("./types").TableContent} content */
  #createTable(content) {
    const table = new DataTable();
    table.show(content);
    this.#removals.push(() => table.remove());
    return createElement("div", {}, table.region, table.status, table.showAll);
  }

  /** Free what the charts and tables hold. */
  remove() {
    for (const removal of this.#removals) removal();
    this.#removals = [];
  }
}
