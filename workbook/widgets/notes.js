// @ts-check
// The notes of a section of an outcome, as a list.
import { bindNotes, createElement } from "./shared/dom.js";

export default {
  /** @param {{ model: import("./types").NotesModel, el: HTMLElement }} context */
  render({ model, el }) {
    const notes = createElement("ul", { className: "wb-notes wb-result" });
    bindNotes(model, notes);
    el.append(notes);
  },
};
