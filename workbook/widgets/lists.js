// A list's ticks: a disclosure under its text box, with a filter over the names that are offered.
// Ticking edits the text; names in the text that are not offered are left there.
const MOST_ROWS = 200; // names that are shown at once, at most
const FEW = 10; // so many names need no filter

const listed = (text) => [...new Set(text.split(";").map((item) => item.trim().replace(/\s+/g, " ")).filter(Boolean))];
const joined = (items) => items.join("; ");

class Ticks {
  constructor(field) {
    Object.assign(this, { field, options: [], rows: null, chosen: [] });
    const key = `${field.box.id}-filter`;
    this.summary = made("summary");
    this.filter = made("input", { type: "search", id: key, autocomplete: "off" });
    this.list = made("div", { className: "wb-ticks" });
    this.list.setAttribute("role", "group");
    this.list.setAttribute("aria-label", field.label);
    this.more = live("wb-more");
    this.filtering = made("div", { className: "wb-filter" }, named("Filter", field.label, key), this.filter);
    this.details = made("details", { className: "wb-choose" }, this.summary, this.filtering, this.list, this.more);
    this.details.addEventListener("toggle", () => this.#build());
    this.printed = made("p", { className: "wb-printed" }); // on paper a box would cut a long list off
    this.element = made("div", {}, this.details, this.printed);
    this.filter.addEventListener("input", () => this.#sift());
    this.#sum();
  }

  offer(options) {
    this.options = options;
    this.rows = null;
    this.filter.value = "";
    this.filtering.hidden = options.length <= FEW;
    this.#sum();
    this.#build();
  }

  follow(text) {
    this.chosen = listed(text);
    this.printed.textContent = text || NONE;
    this.#sum();
    const chosen = new Set(this.chosen);
    for (const { name, box } of this.rows ?? []) box.checked = chosen.has(name);
  }

  #sum() {
    const chosen = this.chosen.length ? `, ${this.chosen.length} chosen` : "";
    this.summary.textContent = `Choose (${this.options.length}${chosen})`;
  }

  // Built once it is opened, what is chosen first.
  #build() {
    if (this.rows || !this.details.open) return;
    const chosen = this.options.filter((name) => this.chosen.includes(name));
    this.rows = [...new Set([...chosen, ...this.options])].map((name) => this.#row(name));
    this.list.replaceChildren(...this.rows.map(({ element }) => element));
    this.#sift();
  }

  #row(name) {
    const box = made("input", { type: "checkbox", checked: this.chosen.includes(name) });
    box.addEventListener("change", () => {
      const others = listed(this.field.text).filter((each) => each !== name);
      this.field.choose(joined(box.checked ? [...others, name] : others));
    });
    return { name, box, words: name.toLowerCase(), element: made("label", { className: "wb-tick" }, box, made("span", { textContent: name })) };
  }

  #sift() {
    const words = this.filter.value.toLowerCase().split(/\s+/);
    let matching = 0;
    for (const row of this.rows ?? []) {
      const matches = words.every((word) => row.words.includes(word));
      matching += matches;
      row.element.hidden = !matches || matching > MOST_ROWS;
    }
    const more = matching > MOST_ROWS ? `${matching - MOST_ROWS} more match: type more of the name.` : "";
    this.more.textContent = matching ? more : "No name matches.";
  }
}
