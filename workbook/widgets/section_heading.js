// @ts-check
// The heading of a topic's section in a report: hidden where the topic has no figures.
import { createElement } from "./shared/dom.js";

export default {
  /** @param {{ model: import("./types").SectionHeadingModel, el: HTMLElement }} context */
  render({ model, el }) {
    const title = model.get("title");
    const address = model.get("address");
    const link = address ? createElement("a", { href: address, textContent: title }) : title;
    const section = createElement("div", { className: "wb-prose" }, createElement("h3", {}, link));
    const introduction = model.get("introduction");
    if (introduction) section.append(createElement("p", { textContent: introduction }));
    const updateVisibility = () => {
      section.hidden = model.get("is_hidden");
    };
    model.on("change:is_hidden", updateVisibility);
    updateVisibility();
    el.append(section);
  },
};
