// @ts-check
// The headline in a live region, so that a change is announced. The notes below are not announced.
import { bindNotes, createElement, createLiveRegion, writeProse } from "./shared/dom.js";

export default {
  /** @param {{ model: import("./types").HeadlineModel, el: HTMLElement }} context */
  render({ model, el }) {
    const sentence = createLiveRegion("wb-headline wb-result");
    const notes = createElement("ul", { className: "wb-notes wb-result" });
    const updateText = () => {
      writeProse(sentence, model.get("text"));
    };
    model.on("change:text", updateText);
    updateText();
    bindNotes(/** @type {any} */ (model), notes); // AnyModel is not covariant in its traits
    el.append(sentence, notes);
  },
};
