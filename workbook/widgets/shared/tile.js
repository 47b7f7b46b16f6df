// @ts-check
// An indicator: label, value, interval and note. A change writes new texts into the same elements.
import { changedClass, createElement, writeProse } from "./dom.js";

/** @typedef {import("../types").Tile} TileContent */

/** A longer note is opened on request. */
const LONGEST_NOTE = 100;

class Tile {
  /** @type {TileContent | null} */
  #content = null;

  constructor() {
    this.label = createElement("dt");
    this.value = createElement("dd", { className: "wb-value" });
    this.interval = createElement("dd", { className: "wb-note" });
    this.note = createElement("dd", { className: "wb-note" });
    this.noteText = createElement("span");
    this.longNote = createElement(
      "details",
      { className: "wb-more" },
      createElement("summary", { textContent: "Note" }),
    );
    this.element = createElement("div", { className: "wb-tile" }, this.label, this.value);
  }

  /** @param {TileContent} content */
  show(content) {
    const { name, label, text, interval, value, note } = content;
    const previous = this.#content;
    this.#content = content;
    Object.assign(this.element.dataset, { indicator: name, value });
    writeProse(this.label, label);
    this.#showNotes(interval, note);
    if (previous?.name === name && previous.text === text) return;
    const className = changedClass(previous?.name === name);
    this.value.replaceChildren(writeProse(createElement("span", { className }), text));
  }

  /**
   * @param {string} interval
   * @param {string} note
   */
  #showNotes(interval, note) {
    writeProse(this.interval, interval);
    writeProse(this.noteText, note);
    const isLong = note.length > LONGEST_NOTE;
    if (isLong) this.longNote.append(this.noteText);
    this.note.replaceChildren(isLong ? this.longNote : this.noteText);
    for (const [part, text] of /** @type {const} */ ([
      [this.interval, interval],
      [this.note, note],
    ])) {
      if (!text) part.remove();
    }
    if (interval) this.value.after(this.interval);
    if (note) this.element.append(this.note);
  }
}

/**
 * A description list that shows these indicators, and the function that shows others.
 *
 * @param {string} className
 */
export const createTileList = (className) => {
  const list = createElement("dl", { className });
  /** @type {Tile[]} */
  const tiles = [];
  /** @param {TileContent[]} contents */
  const showTiles = (contents) => {
    for (const surplus of tiles.splice(contents.length)) surplus.element.remove();
    contents.forEach((content, index) => {
      if (!tiles[index]) {
        tiles[index] = new Tile();
        list.append(tiles[index].element);
      }
      tiles[index].show(content);
    });
  };
  return { list, showTiles };
};
