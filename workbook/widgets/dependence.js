// @ts-check
// What an indicator depends on: a choice of the indicator, and charts.
import { createChoice, RequestField, RequestPanel, replaceOptions } from "./request_panel.js";
import { createElement } from "./shared/dom.js";

export default {
  /** @param {{ model: import("./types").DependenceModel, el: HTMLElement }} context */
  render({ model, el }) {
    const unavailable = model.get("unavailable");
    if (unavailable) {
      el.append(createElement("p", { className: "wb-empty", textContent: unavailable }));
      return undefined;
    }
    const select = createChoice(model.get("indicators"));
    const field = new RequestField("indicator", "Figure", select);
    const panel = new RequestPanel(model, {
      content: [field.element],
      fields: () => [field],
      button: "Show what it depends on",
      emptyText: "No other figure was chosen here.",
    });
    model.on("change:indicators", () => replaceOptions(select, model.get("indicators")));
    el.append(panel.element);
    return () => panel.remove();
  },
};
