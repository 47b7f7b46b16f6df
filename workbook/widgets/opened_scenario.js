// @ts-check
// A notice about the saved scenario that was opened: whose it is, and what has changed since.
import { createElement } from "./shared/dom.js";

const SINCE = "Since it was saved, the workbook has changed:";

export default {
  /** @param {{ model: import("./types").OpenedScenarioModel, el: HTMLElement }} context */
  render({ model, el }) {
    const text = createElement("p");
    const list = createElement("ul");
    const since = createElement("div", {}, createElement("p", { textContent: SINCE }), list);
    const notice = createElement("div", { className: "wb-notice" }, text, since);
    const update = () => {
      const sentences = model.get("migrations");
      text.textContent = model.get("text");
      notice.hidden = !model.get("text");
      since.hidden = !sentences.length;
      list.replaceChildren(...sentences.map((textContent) => createElement("li", { textContent })));
    };
    for (const trait of ["text", "migrations"]) model.on(`change:${trait}`, update);
    update();
    el.append(notice);
  },
};
