// @ts-check
// What a link showed when it was copied, and what has changed since. Nothing for other links.
import { DataTable } from "./shared/data_table.js";
import { createElement, createLiveRegion, writeProse } from "./shared/dom.js";

export default {
  /** @param {{ model: import("./types").PinnedLinkModel, el: HTMLElement }} context */
  render({ model, el }) {
    const text = createElement("p");
    const causes = createLiveRegion("wb-pinned-causes");
    const table = new DataTable();
    const disclosure = createElement(
      "details",
      {},
      createElement("summary", { textContent: "Every figure then and today" }),
      table.region,
      table.status,
      table.showAll,
    );
    const notice = createElement("div", { className: "wb-pinned" }, text, causes, disclosure);
    const update = () => {
      const content = model.get("content");
      writeProse(text, model.get("text"));
      writeProse(causes, model.get("causes"));
      table.show(content);
      notice.hidden = !model.get("text");
      disclosure.hidden = !content.rows.length;
    };
    for (const trait of ["text", "causes", "content"]) model.on(`change:${trait}`, update);
    update();
    el.append(notice);
    return () => table.remove();
  },
};
