// Filters over the rows of a table: a list for each column to filter by, and how many rows are left.
// What is read is filtered; the download has every row.
class Sieve {
  constructor(names, changed) {
    this.boxes = new Map(names.map((name) => [name, this.#box(name, changed)]));
    this.said = live("wb-sifted");
    const lists = [...this.boxes.values()].map(({ element }) => element);
    this.parts = names.length
      ? [made("fieldset", { className: "wb-sieve" }, made("legend", { textContent: "Filter the table" }), made("div", {}, ...lists)), this.said]
      : [];
  }

  #box(name, changed) {
    const id = unique(`sieve-${name}`);
    const label = made("label", { htmlFor: id });
    const list = made("select", { id });
    list.addEventListener("change", changed);
    return { label, list, element: made("div", {}, label, list) };
  }

  // Each list offers what its column holds; what was chosen stays chosen while it is there.
  offer({ columns, texts }) {
    columns.forEach(({ name, label }, c) => {
      const box = this.boxes.get(name);
      if (!box) return;
      const { list } = box;
      const chosen = list.value;
      const there = [...new Set(texts.map((row) => row[c]).filter(Boolean))].sort((a, b) => a.localeCompare(b));
      box.label.textContent = label;
      list.replaceChildren(new Option("All", ""), ...there.map((text) => new Option(text)));
      list.value = there.includes(chosen) ? chosen : "";
    });
  }

  // The rows that are left, by their places.
  left({ columns, texts }) {
    const wanted = columns.map(({ name }) => this.boxes.get(name)?.list.value ?? "");
    const kept = texts.flatMap((row, r) => (wanted.every((text, c) => !text || row[c] === text) ? [r] : []));
    this.#say(kept.length, texts.length);
    return kept;
  }

  #say(left, all) {
    const said = left === all ? `All ${all} rows are shown.` : `${left || "None"} of ${all} rows ${left > 1 ? "are" : "is"} shown. The download has them all.`;
    if (this.said.textContent !== said) this.said.textContent = said;
  }
}
