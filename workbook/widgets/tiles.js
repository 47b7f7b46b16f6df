// The indicators as tiles; a change writes new text into the tiles that are there.
const part = (tag, className, textContent) => made(tag, { className, textContent });

const fillTile = (tile, { name, label, text, spread, value, reason }) => {
  Object.assign(tile.dataset, { indicator: name, value });
  const notes = [spread, reason].filter(Boolean).map((note) => part("dd", "wb-note", note));
  tile.replaceChildren(part("dt", "", label), part("dd", "wb-value", text), ...notes);
};

export default {
  render({ model, el }) {
    const list = made("dl", { className: "wb-tiles wb-answer" });
    const show = () => {
      const tiles = model.get("tiles");
      while (list.children.length > tiles.length) list.lastChild.remove();
      tiles.forEach((tile, i) => fillTile(list.children[i] ?? list.appendChild(part("div", "wb-tile", "")), tile));
    };
    model.on("change:tiles", show);
    show();
    el.append(list);
  },
};
