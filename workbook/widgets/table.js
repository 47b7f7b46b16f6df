// A table of an outcome: the columns to read, filters over its rows, all of it to download.
const LONG = 90; // letters of a text that is prose

// The columns of these names, in this order, in the rows at these places.
const picked = ({ title, columns, rows, texts }, names, left) => {
  const places = names.length ? names.map((name) => columns.findIndex((column) => column.name === name)) : columns.map((_, c) => c);
  const some = (row) => places.map((c) => row[c]);
  return { title, columns: some(columns), rows: left.map((r) => some(rows[r])), texts: left.map((r) => some(texts[r])) };
};

// Columns of prose are wide enough to be read: there is room, where columns were chosen.
const widen = (table, texts) => [...table.tHead.rows[0].cells].forEach((head, c) =>
  head.classList.toggle("wb-long", texts.some((row) => row[c].length > LONG)));

export default {
  render({ model, el }) {
    const { title } = model.get("content");
    const table = made("table", { className: "wb-table" });
    const none = made("p", { textContent: "No rows for this scenario." });
    const sieve = new Sieve(model.get("filters"), () => show());
    const show = () => {
      const content = model.get("content");
      const read = picked(content, model.get("columns"), sieve.left(content));
      fillTable(table, read);
      if (model.get("columns").length) widen(table, read.texts);
      none.hidden = content.rows.length > 0;
    };
    const changed = () => {
      sieve.offer(model.get("content"));
      show();
    };
    const download = button("Download CSV", () => saveText(csv(model.get("content")), "text/csv", `${model.get("name")}.csv`),
      `Download CSV: ${title}`);
    model.on("change:content", changed);
    changed();
    el.append(made("div", { className: "wb-answer" }, ...sieve.parts, scrolling(table, title), none, made("p", { className: "wb-tools" }, download)));
  },
};
