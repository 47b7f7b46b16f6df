// @ts-check
// The notes of an outcome: the three most important as a list, the others in a disclosure.
import { createElement, writeProse } from "./shared/dom.js";

const FIRST_NOTES = 3;

/**
 * @param {HTMLUListElement} list
 * @param {string[]} notes
 */
const writeNotes = (list, notes) => {
  list.replaceChildren(...notes.map((note) => writeProse(createElement("li"), note)));
  list.hidden = !notes.length;
};

export default {
  /** @param {{ model: import("./types").NotesModel, el: HTMLElement }} context */
  render({ model, el }) {
    const firstNotes = createElement("ul", { className: "wb-notes wb-result" });
    const otherNotes = createElement("ul", { className: "wb-notes" });
    const summary = createElement("summary");
    const disclosure = createElement(
      "details",
      { className: "wb-more wb-result" },
      summary,
      otherNotes,
    );
    const updateNotes = () => {
      const notes = model.get("notes");
      writeNotes(firstNotes, notes.slice(0, FIRST_NOTES));
      writeNotes(otherNotes, notes.slice(FIRST_NOTES));
      summary.textContent = `More notes (${notes.length - FIRST_NOTES})`;
      disclosure.hidden = notes.length <= FIRST_NOTES;
    };
    model.on("change:notes", updateNotes);
    updateNotes();
    el.append(firstNotes, disclosure);
  },
};
