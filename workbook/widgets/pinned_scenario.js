// @ts-check
// The pinned scenario: a button that pins the present one, and what differs from it afterwards.
import { DataTable } from "./shared/data_table.js";
import { createButton, createElement, createLiveRegion, uniqueId } from "./shared/dom.js";

const PIN = "Pin this scenario to compare";
const UNPIN = "Unpin";
const SAME = "This is the pinned scenario. Change an assumption to see the difference.";

export default {
  /** @param {{ model: import("./types").PinnedScenarioModel, el: HTMLElement }} context */
  render({ model, el }) {
    const id = uniqueId("pinned-scenario");
    const figures = new DataTable();
    const parameters = new DataTable();
    const contributions = new DataTable();
    const status = createLiveRegion("wb-pinned-status");
    const name = createElement("p");
    const heading = createElement("h2", { id, textContent: "Compared with the pinned scenario" });
    const button = createButton(PIN, () =>
      model.send({ request: model.get("is_pinned") ? "unpin" : "pin" }),
    );
    const comparison = createElement(
      "div",
      {},
      heading,
      name,
      figures.region,
      parameters.region,
      contributions.region,
    );
    const section = createElement(
      "section",
      { className: "wb-pinned-scenario wb-result" },
      comparison,
      createElement("p", { className: "wb-tools" }, button),
      status,
    );
    section.setAttribute("aria-labelledby", id);
    const update = () => {
      const isPinned = model.get("is_pinned");
      const hasDifferences = model.get("parameters").rows.length > 0;
      comparison.hidden = !isPinned;
      button.textContent = button.ariaLabel = isPinned ? UNPIN : PIN;
      name.textContent = `Pinned: ${model.get("name")}`;
      figures.show(model.get("figures"));
      parameters.show(model.get("parameters"));
      contributions.show(model.get("contributions"));
      contributions.region.hidden = !model.get("contributions").rows.length;
      figures.region.hidden = parameters.region.hidden = !hasDifferences;
      status.textContent = isPinned && !hasDifferences ? SAME : "";
    };
    for (const trait of ["is_pinned", "name", "figures", "parameters", "contributions"]) {
      model.on(`change:${trait}`, update);
    }
    update();
    el.append(section);
    return () => {
      figures.remove();
      parameters.remove();
      contributions.remove();
    };
  },
};
