// A table of an outcome, with its figures to download.
export default {
  render({ model, el }) {
    const caption = model.get("caption");
    const table = made("table", { className: "wb-table" });
    const show = () => fillTable(table, model.get("content"), caption);
    const download = button("Download CSV", () => saveText(csv(model.get("content")), "text/csv", `${model.get("name")}.csv`),
      `Download CSV: ${caption}`);
    model.on("change:content", show);
    show();
    el.append(made("div", { className: "wb-answer" }, scrolling(table, caption), made("p", { className: "wb-tools" }, download)));
  },
};
