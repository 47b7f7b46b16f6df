// @ts-check
// The headline. A change is announced in a few words above it, and not by the whole sentence.
import { createElement, writeProse } from "./shared/dom.js";

export default {
  /** @param {{ model: import("./types").HeadlineModel, el: HTMLElement }} context */
  render({ model, el }) {
    const sentence = createElement("p", { className: "wb-headline wb-result" });
    sentence.dataset.study = model.get("study_id");
    let previousText = "";
    const updateText = () => {
      writeProse(sentence, model.get("text"), previousText);
      previousText = model.get("text");
    };
    model.on("change:text", updateText);
    updateText();
    // By their headings, the answer is found before its chart.
    const heading = createElement("h2", {
      className: "wb-visually-hidden",
      textContent: "Main finding",
    });
    el.append(heading, sentence);
  },
};
