// @ts-check
// The pinned scenario: a button that pins the present one, and what differs from it afterwards.
import { DataTable } from "./shared/data_table.js";
import { createButton, createElement, createLiveRegion, uniqueId } from "./shared/dom.js";

const PIN = "Pin this scenario to compare";
const UNPIN = "Unpin";
const PINNED = "This is the pinned scenario. Change an assumption to see the difference.";
const UNPINNED = "Unpinned.";

/** The tables, in their order, by the trait that each shows. */
const TABLES = /** @type {const} */ (["figures", "parameters", "contributions"]);

export default {
  /** @param {{ model: import("./types").PinnedScenarioModel, el: HTMLElement }} context */
  render({ model, el }) {
    const id = uniqueId("pinned-scenario");
    const tables = TABLES.map((trait) => ({ trait, table: new DataTable() }));
    const blocks = tables.map(({ table }) =>
      createElement("div", {}, table.region, table.status, table.showAll),
    );
    const status = createLiveRegion("wb-pinned-status");
    const name = createElement("p");
    const heading = createElement("h2", { id, textContent: "Compared with the pinned scenario" });
    const button = createButton(PIN, () =>
      model.send({ request: model.get("is_pinned") ? "unpin" : "pin" }),
    );
    const comparison = createElement("div", {}, heading, name, ...blocks);
    const section = createElement(
      "section",
      { className: "wb-pinned-scenario wb-result" },
      comparison,
      createElement("p", { className: "wb-tools" }, button),
      status,
    );
    let wasPinned = model.get("is_pinned");
    const update = () => {
      const isPinned = model.get("is_pinned");
      const hasDifferences = model.get("parameters").rows.length > 0;
      comparison.hidden = !isPinned;
      if (isPinned) section.setAttribute("aria-labelledby", id);
      else section.removeAttribute("aria-labelledby");
      button.textContent = button.ariaLabel = isPinned ? UNPIN : PIN;
      name.textContent = `Pinned: ${model.get("name")}`;
      tables.forEach(({ trait, table }, index) => {
        table.show(model.get(trait));
        blocks[index].hidden = !hasDifferences || !model.get(trait).rows.length;
      });
      const isUnpinned = wasPinned && !isPinned;
      const message = isUnpinned ? UNPINNED : "";
      if (isPinned || isUnpinned)
        status.textContent = isPinned && !hasDifferences ? PINNED : message;
      wasPinned = isPinned;
    };
    for (const trait of ["is_pinned", "name", ...TABLES]) model.on(`change:${trait}`, update);
    update();
    el.append(section);
    return () => {
      for (const { table } of tables) table.remove();
    };
  },
};
