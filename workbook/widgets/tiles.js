// @ts-check
// The indicators as tiles.
import { createTileList } from "./shared/tile.js";

export default {
  /** @param {{ model: import("./types").TilesModel, el: HTMLElement }} context */
  render({ model, el }) {
    const { list, showTiles } = createTileList("wb-tiles wb-result");
    const updateTiles = () => showTiles(model.get("tiles"));
    model.on("change:tiles", updateTiles);
    updateTiles();
    el.append(list);
  },
};
