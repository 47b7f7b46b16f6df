// @ts-check
// What a link showed when it was copied, and what has changed since. Nothing for other links.
import { DataTable } from "./shared/data_table.js";
import { createElement, createLiveRegion, writeProse } from "./shared/dom.js";

export default {
  /** @param {{ model: import("./types").PinnedLinkModel, el: HTMLElement }} context */
  render({ model, el }) {
    const text = createLiveRegion("wb-pinned-text");
    const table = new DataTable();
    const disclosure = createElement(
      "details",
      {},
      createElement("summary", { textContent: "Every figure then and today" }),
      table.region,
      table.status,
      table.showAll,
    );
    const notice = createElement("div", { className: "wb-pinned" }, text, disclosure);
    const update = () => {
      const content = model.get("content");
      writeProse(text, model.get("text"));
      table.show(content);
      notice.hidden = !model.get("text");
      disclosure.hidden = !content.rows.length;
    };
    model.on("change:text", update);
    model.on("change:content", update);
    update();
    el.append(notice);
    return () => table.remove();
  },
};
