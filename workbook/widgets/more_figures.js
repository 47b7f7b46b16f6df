// @ts-check
// The indicators that are not on the first screen, in a disclosure.
import { createElement } from "./shared/dom.js";
import { createTileList } from "./shared/tile.js";

export default {
  /** @param {{ model: import("./types").TilesModel, el: HTMLElement }} context */
  render({ model, el }) {
    const { list, showTiles } = createTileList("wb-tiles wb-figures");
    const summary = createElement("summary");
    const disclosure = createElement("details", { className: "wb-more wb-result" }, summary, list);
    const updateFigures = () => {
      const tiles = model.get("tiles");
      summary.textContent = `More figures (${tiles.length})`;
      disclosure.hidden = !tiles.length;
      showTiles(tiles);
    };
    model.on("change:tiles", updateFigures);
    updateFigures();
    el.append(disclosure);
  },
};
