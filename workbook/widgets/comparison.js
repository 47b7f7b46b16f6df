// @ts-check
// Compare scenarios: a choice of two to four, what is to be explained, and the comparison.
import { createChoice, RequestField, RequestPanel, replaceOptions } from "./request_panel.js";
import { createElement } from "./shared/dom.js";

/** @typedef {[string, string]} Option */

/** The inputs, their labels, and what is chosen at first. */
const PLACES = [
  ["first", "First scenario", "published"],
  ["second", "Second scenario", "present"],
  ["third", "Third scenario (optional)", ""],
  ["fourth", "Fourth scenario (optional)", ""],
];
/** Places that must be chosen. */
const REQUIRED = 2;
/** @type {Option} */
const NONE = ["", "None"];

export default {
  /** @param {{ model: import("./types").ComparisonModel, el: HTMLElement }} context */
  render({ model, el }) {
    const places = PLACES.map(([name, label]) => new RequestField(name, label, createChoice([])));
    const explained = new RequestField("explained", "Explain the difference of", createChoice([]), {
      hint: "From the first scenario.",
    });
    const indicators = createChoice(model.get("indicators"));
    const indicator = new RequestField("indicator", "Figure to explain", indicators);
    const showExplained = () => {
      const chosen = places.slice(1).map(({ input }) => input.value);
      const options = model.get("scenarios").filter(([key]) => key && chosen.includes(key));
      replaceOptions(/** @type {HTMLSelectElement} */ (explained.input), options);
    };
    const showScenarios = () => {
      places.forEach(({ input }, place) => {
        const options = model.get("scenarios");
        const offered = place < REQUIRED ? options : [NONE, ...options];
        replaceOptions(/** @type {HTMLSelectElement} */ (input), offered);
      });
      showExplained();
    };
    const group = createElement(
      "fieldset",
      { className: "wb-compared" },
      createElement("legend", { textContent: "Scenarios to compare" }),
      ...places.map(({ element }) => element),
    );
    const panel = new RequestPanel(model, {
      content: [group, indicator.element, explained.element],
      fields: () => [...places, indicator, explained],
      button: "Compare",
    });
    showScenarios();
    places.forEach(({ input }, place) => {
      input.value = PLACES[place][2];
    });
    showExplained();
    group.addEventListener("change", showExplained);
    // Others may have saved scenarios since the form was used last.
    panel.form.addEventListener("focusin", ({ relatedTarget }) => {
      const isInside = relatedTarget instanceof Node && panel.form.contains(relatedTarget);
      if (!isInside) model.send({ request: "scenarios" });
    });
    model.on("change:scenarios", showScenarios);
    model.on("change:indicators", () => replaceOptions(indicators, model.get("indicators")));
    el.append(panel.element);
    return () => panel.remove();
  },
};
