// @ts-check
// The levers of the cheapest combination, and what each of them costs.
import { ChoiceGroup } from "./request_choices.js";
import { createChoice, createNumberInput, RequestField } from "./request_panel.js";
import { createElement } from "./shared/dom.js";

const TYPED_COSTS = "The costs that I type below";
/** What a lever's cost is for: a step up, and a step down. */
const STEPS = /** @type {Record<string, [string, string]>} */ ({
  share: ["percentage point more", "percentage point less"],
  people: ["further person", "person fewer"],
  GBP: ["pound more", "pound less"],
  years: ["year more", "year less"],
  days: ["day more", "day less"],
  year: ["year later", "year earlier"],
});

/**
 * @typedef {import("./types").SoughtParameter} SoughtParameter
 * @typedef {import("./types").SoughtIndicator} SoughtIndicator
 */

/** Checkboxes for the levers, each with its cost, and the choice of where the costs come from. */
export class LeverFields {
  /**
   * @param {SoughtParameter[]} parameters
   * @param {SoughtIndicator[]} indicators
   */
  constructor(parameters, indicators) {
    const costs = indicators.filter(({ is_cost: isCost }) => isCost);
    this.source = new RequestField(
      "cost",
      "What the combination costs",
      createChoice([
        ["", TYPED_COSTS],
        ...costs.map(({ name, label }) => /** @type {[string, string]} */ ([name, label])),
      ]),
    );
    this.source.input.addEventListener("change", () => this.update());
    this.choices = new ChoiceGroup("levers", "Assumptions that may change", "checkbox", () =>
      this.update(),
    );
    this.costs = new Map(parameters.map((parameter) => [parameter.name, createCost(parameter)]));
    const levers = parameters.filter(({ is_lever: isLever }) => isLever);
    const others = parameters.filter(({ is_lever: isLever }) => !isLever);
    this.choices.element.append(...levers.flatMap((parameter) => this.#createLever(parameter)));
    if (others.length) {
      this.choices.element.append(
        createElement(
          "details",
          { open: !levers.length },
          createElement("summary", { textContent: "Other assumptions" }),
          ...others.flatMap((parameter) => this.#createLever(parameter)),
        ),
      );
    }
    this.element = createElement("div", {}, this.source.element, this.choices.element);
    this.update();
  }

  /** @param {SoughtParameter} parameter */
  #createLever(parameter) {
    const cost = this.costs.get(parameter.name);
    return [this.choices.createOption(parameter), ...(cost ? [cost.element] : [])];
  }

  get fields() {
    return [this.source, this.choices, ...this.costs.values()];
  }

  /** Ask for the costs of the chosen levers, where they are typed. */
  update() {
    const isTyped = !this.source.input.value;
    const chosen = new Set(this.choices.chosen);
    for (const [name, { element }] of this.costs) element.hidden = !isTyped || !chosen.has(name);
  }
}

/** @param {SoughtParameter} parameter */
const createCost = ({ name, label, unit }) => {
  const [up, down] = STEPS[unit] ?? ["increase of 1", "decrease of 1"];
  const field = new RequestField(`cost_${name}`, `Cost of “${label}”`, createNumberInput(), {
    hint: `In pounds for each ${up}. With a minus sign: for each ${down}.`,
    prefix: "£",
  });
  field.element.classList.add("wb-request-detail");
  return field;
};
