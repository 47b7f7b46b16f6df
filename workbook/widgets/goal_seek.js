// @ts-check
// Goal seek: a target, what may change, and what reaches the target.
import { LeverFields } from "./goal_levers.js";
import { ChoiceGroup } from "./request_choices.js";
import {
  createChoice,
  createNumberInput,
  RequestField,
  RequestPanel,
  replaceOptions,
} from "./request_panel.js";
import { createElement } from "./shared/dom.js";

/**
 * @typedef {import("./types").GoalSeekModel} GoalSeekModel
 * @typedef {import("./types").SoughtParameter} SoughtParameter
 */

const WAYS = [
  { name: "one", label: "Change one assumption" },
  { name: "two", label: "Trade two off against each other" },
  { name: "cheapest", label: "Find the cheapest combination" },
];
const DIRECTION_HINTS = {
  higher: "The target is met at this value or above.",
  lower: "The target is met at this value or below.",
  "": "The target is met when the figure crosses this value from where it is now.",
};
const PROBABILITY_HINT =
  "A percentage from 50 to 99: the share of simulations that must reach the target. Leave it empty for the central estimate.";
/** What a screen reader says of a target's unit, because it does not read what stands beside it. */
const UNIT_HINTS = /** @type {Record<string, string>} */ ({
  share: "A percentage.",
  GBP: "An amount in pounds.",
  people: "A number of people.",
  years: "A number of years.",
  months: "A number of months.",
  days: "A number of days.",
});
const SUFFIXES = /** @type {Record<string, string>} */ ({
  share: "%",
  people: "people",
  years: "years",
  months: "months",
  days: "days",
});

/**
 * Names and labels for a choice.
 *
 * @param {{ name: string, label: string }[]} items
 */
const toOptions = (items) =>
  items.map(({ name, label }) => /** @type {[string, string]} */ ([name, label]));

/** The inputs of a goal seek. Those that the chosen way does not need are hidden. */
class GoalForm {
  /** @param {GoalSeekModel} model */
  constructor(model) {
    this.model = model;
    const parameters = model.get("parameters");
    const indicators = model.get("indicators");
    this.ways = new ChoiceGroup("way", "How to reach it", "radio", () => this.update());
    this.ways.element.append(...WAYS.map((way) => this.ways.createOption(way)));
    this.ways.input.checked = true;
    this.indicator = new RequestField("indicator", "Figure", createChoice(toOptions(indicators)));
    this.indicator.input.addEventListener("change", () => this.update());
    this.target = new RequestField("target", "Value to reach", createNumberInput());
    this.probability = new RequestField(
      "probability",
      "Probability (optional)",
      createNumberInput(),
      { hint: PROBABILITY_HINT, suffix: "%" },
    );
    this.parameter = createParameterField("parameter", parameters);
    this.other = createParameterField("other_parameter", parameters);
    this.other.label.textContent = "Assumption to trade it off against";
    if (parameters.length > 1) this.other.input.value = parameters[1].name;
    this.levers = new LeverFields(parameters, indicators);
    this.update();
  }

  get content() {
    const { ways, indicator, target, probability, parameter, other, levers } = this;
    const fields = [indicator, target, probability, ways, parameter, other, levers];
    return fields.map(({ element }) => element);
  }

  /** The fields of the chosen way. */
  get fields() {
    const { indicator, target, probability, ways, parameter, other } = this;
    return [indicator, target, probability, ways, parameter, other, ...this.levers.fields];
  }

  /** The chosen figure may have another label now. */
  updateLabels() {
    const indicators = this.model.get("indicators");
    replaceOptions(/** @type {HTMLSelectElement} */ (this.indicator.input), toOptions(indicators));
    this.update();
  }

  update() {
    const way = this.ways.chosen[0];
    const chosen = this.indicator.input.value;
    const indicator = this.model.get("indicators").find(({ name }) => name === chosen);
    const unit = indicator?.unit ?? "";
    this.target.prefix.textContent = unit === "GBP" ? "£" : "";
    this.target.suffix.textContent = SUFFIXES[unit] ?? "";
    const hint = DIRECTION_HINTS[indicator?.direction ?? ""];
    this.target.showHint(unit in UNIT_HINTS ? `${UNIT_HINTS[unit]} ${hint}` : hint);
    this.probability.element.hidden = !indicator?.is_simulated;
    this.parameter.element.hidden = way === "cheapest";
    this.other.element.hidden = way !== "two";
    this.levers.element.hidden = way !== "cheapest";
  }
}

/**
 * @param {string} name
 * @param {SoughtParameter[]} parameters
 */
const createParameterField = (name, parameters) =>
  new RequestField(name, "Assumption to change", createChoice(toOptions(parameters)));

export default {
  /** @param {{ model: GoalSeekModel, el: HTMLElement }} context */
  render({ model, el }) {
    const unavailable = model.get("unavailable");
    if (unavailable) {
      el.append(createElement("p", { className: "wb-empty", textContent: unavailable }));
      return undefined;
    }
    const form = new GoalForm(model);
    const panel = new RequestPanel(model, {
      content: form.content,
      fields: () => form.fields,
      button: "Calculate",
      emptyText: "No target was chosen here.",
    });
    model.on("change:indicators", () => form.updateLabels());
    el.append(panel.element);
    return () => panel.remove();
  },
};
