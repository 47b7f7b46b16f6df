// @ts-check
// The indicators as tiles. A change writes new texts into the existing tiles.
import { createElement, writeProse } from "./shared/dom.js";

/**
 * @param {"dt" | "dd"} tag
 * @param {string} className
 * @param {string} text
 */
const createPart = (tag, className, text) => writeProse(createElement(tag, { className }), text);

/**
 * @param {HTMLElement} element
 * @param {import("./types").Tile} tile
 */
const renderTile = (element, { name, label, text, interval, value, note }) => {
  Object.assign(element.dataset, { indicator: name, value });
  const notes = [interval, note].filter(Boolean);
  element.replaceChildren(
    createPart("dt", "", label),
    createPart("dd", "wb-value", text),
    ...notes.map((noteText) => createPart("dd", "wb-note", noteText)),
  );
};

export default {
  /** @param {{ model: import("./types").TilesModel, el: HTMLElement }} context */
  render({ model, el }) {
    const list = createElement("dl", { className: "wb-tiles wb-result" });
    /** @type {HTMLElement[]} */
    const elements = [];
    const renderTiles = () => {
      const tiles = model.get("tiles");
      for (const surplus of elements.splice(tiles.length)) surplus.remove();
      tiles.forEach((tile, index) => {
        elements[index] ??= list.appendChild(createElement("div", { className: "wb-tile" }));
        renderTile(elements[index], tile);
      });
    };
    model.on("change:tiles", renderTiles);
    renderTiles();
    el.append(list);
  },
};
