// The form: native inputs for a scenario. Every change sends all fields' texts in one message, so
// that the front end may merge what is typed fast; the kernel answers with what it took.
const CALM = 700; // milliseconds without typing before a refusal is shown at the field being typed in

const shown = (text, unit) => {
  if (unit === "share") return `${text}%`;
  if (unit === "year") return text;
  const number = Number(text).toLocaleString("en-GB");
  return unit === "GBP" ? `£${number}` : `${number} ${unit === "people" ? "people" : ""}`.trim();
};

// One field: a label, a hint, a number box with a slider beside it, and room for a refusal.
class Field {
  constructor({ name, label, unit, hint, numeric, low, high, step }, id, changed) {
    Object.assign(this, { name, unit, numeric });
    const key = `${id}-${name}`;
    this.box = made("input", { id: key, name, type: numeric ? "number" : "text", autocomplete: "off" });
    if (numeric) this.box.step = step;
    this.error = made("p", { id: `${key}-error`, className: "wb-error", hidden: true });
    this.box.setAttribute("aria-describedby", `${key}-hint`);
    const inputs = made("div", { className: "wb-inputs" }, ...this.#affixed());
    if (numeric) {
      this.slider = made("input", { type: "range", min: low, max: high, step });
      this.slider.setAttribute("aria-label", `${label}, slider`);
      this.slider.addEventListener("input", () => this.#typed(this.slider.value, changed));
      inputs.append(this.slider);
    }
    this.box.addEventListener("input", () => this.#typed(this.text, changed));
    this.element = made(
      "div", { className: "wb-field" },
      made("label", { htmlFor: key, textContent: label }),
      made("p", { id: `${key}-hint`, className: "wb-hint", textContent: hint }),
      this.error, inputs,
    );
  }

  #affixed() {
    const sign = (text) => made("span", { className: "wb-affix", textContent: text, ariaHidden: "true" });
    if (this.unit === "GBP") return [sign("£"), this.box];
    return this.unit === "share" ? [this.box, sign("%")] : [this.box];
  }

  #typed(text, changed) {
    this.typedAt = performance.now();
    if (this.box.value !== text && text !== "not a number") this.box.value = text;
    this.#slide(text);
    changed();
  }

  #slide(text) {
    if (!this.slider) return;
    this.slider.value = text;
    this.slider.setAttribute("aria-valuetext", shown(text, this.unit));
  }

  // What is in the box; a number box keeps what is no number to itself.
  get text() { return this.box.validity.badInput ? "not a number" : this.box.value; }

  set text(text) {
    if (this.box.value !== text && !this.box.validity.badInput) this.box.value = text;
    this.#slide(text);
  }

  get calm() { return document.activeElement !== this.box || performance.now() - (this.typedAt ?? 0) > CALM; }

  refuse(message) {
    const described = [`${this.box.id}-hint`, ...(message ? [this.error.id] : [])].join(" ");
    this.box.setAttribute("aria-describedby", described);
    if (message) this.box.setAttribute("aria-invalid", "true");
    else this.box.removeAttribute("aria-invalid");
    this.error.textContent = message ? `Error: ${message}` : "";
    this.error.hidden = !message;
    this.element.classList.toggle("wb-refused", Boolean(message));
  }
}

const grouped = (fields) => Map.groupBy
  ? Map.groupBy(fields, ({ group }) => group)
  : fields.reduce((all, field) => all.set(field.group, [...(all.get(field.group) ?? []), field]), new Map());

export default {
  render({ model, el }) {
    const id = unique("form");
    const status = live("wb-unseen");
    let sent = model.get("taken");

    const send = (texts, before) => {
      sent += 1;
      page("busy");
      model.set("draft", { n: sent, texts, before });
      model.save_changes();
    };
    const changed = () => {
      const all = (part) => Object.fromEntries(fields.map((field) => [field.name, field[part]]));
      send(all("text"), all("before"));
      setTimeout(refuse, CALM + 20);
    };
    const fields = model.get("fields").map((declared) => new Field(declared, id, changed));
    const byName = new Map(fields.map((field) => [field.name, field]));

    const refuse = () => {
      const problems = model.get("problems");
      for (const field of fields) if (!problems[field.name] || field.calm) field.refuse(problems[field.name] ?? "");
      for (const field of fields) if (!problems[field.name] && field.calm) field.before = field.text;
      const count = fields.filter((field) => problems[field.name]).length;
      const said = count ? `${count === 1 ? "One value was" : `${count} values were`} refused: the reason is beside the field.` : "";
      if (status.textContent !== said) status.textContent = said;
    };
    // What the kernel holds is written back only once it has taken the newest of what was typed.
    const write = (force) => {
      if (!force && model.get("taken") < sent) return;
      for (const [name, text] of Object.entries(model.get("texts"))) {
        const field = byName.get(name);
        if (force || (document.activeElement !== field.box)) field.text = text;
      }
    };
    const answered = async () => {
      if (model.get("answered") < sent) return;
      await painted();
      if (model.get("answered") >= sent) page("ready");
    };

    const open = (texts) => {
      for (const [name, text] of Object.entries(texts)) {
        byName.get(name).box.value = "";
        byName.get(name).text = text;
      }
      send(texts, texts);
    };
    const buttons = model.get("published").map(({ title, texts }) => button(title, () => open(texts)));
    const groups = [...grouped(model.get("fields"))].map(([group, members]) =>
      made("fieldset", {}, made("legend", { textContent: group || "Assumptions" }),
        made("div", { className: "wb-group" }, ...members.map(({ name }) => byName.get(name).element))));
    const form = made("form", { className: "wb-form", noValidate: true },
      made("h2", { textContent: "The scenario" }),
      made("div", { className: "wb-tools", role: "group", ariaLabel: "Published scenarios" }, ...buttons), status, ...groups);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusout", () => setTimeout(() => { refuse(); write(false); }, 0));

    const taken = () => { refuse(); write(false); };
    for (const name of ["taken", "problems", "texts"]) model.on(`change:${name}`, taken);
    model.on("change:answered", answered);
    write(true);
    refuse();
    el.append(form);
  },
};
