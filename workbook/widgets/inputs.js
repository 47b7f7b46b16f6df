// A form's fields: each a label, a hint, one native input that carries the parameter's name, and room
// for a refusal. What more a field has (ticks, an upload) is added to it as a part.
const CALM = 700; // milliseconds without typing before a refusal is shown at the field being typed in
const NONE = "None chosen";

const shown = (text, unit) => {
  if (unit === "share") return `${text}%`;
  if (unit === "year") return text;
  const number = Number(text).toLocaleString("en-GB");
  return unit === "GBP" ? `£${number}` : `${number} ${unit === "people" ? "people" : ""}`.trim();
};
// A part's label; which field it belongs to is seen, and said to those who do not see it.
const named = (text, label, htmlFor) =>
  made("label", { htmlFor }, text, made("span", { className: "wb-unseen", textContent: `: ${label}` }));
const same = (some, others) => JSON.stringify(some) === JSON.stringify(others);

// A number with a slider beside it, or text.
class Field {
  constructor(declared, id, changed) {
    const { name, label, unit, hint, wide } = declared;
    const key = `${id}-${name}`;
    Object.assign(this, { name, label, unit, changed, parts: [], options: [], typedAt: 0 });
    this.box = this.made(declared, key);
    this.box.setAttribute("aria-describedby", `${key}-hint`);
    this.box.addEventListener("input", () => this.#typed(this.text));
    this.error = made("p", { id: `${key}-error`, className: "wb-error", hidden: true });
    this.caution = made("p", { id: `${key}-caution`, className: "wb-careful", hidden: true });
    this.inputs = made("div", { className: "wb-inputs" }, ...this.#affixed());
    if (declared.kind === "number") this.#addSlider(declared);
    this.element = made(
      "div", { className: `wb-field${wide ? " wb-wide" : ""}` },
      made("label", { htmlFor: key, textContent: label }),
      made("p", { id: `${key}-hint`, className: "wb-hint", textContent: hint }),
      this.error, this.caution, this.inputs,
    );
  }

  made({ name, kind, step }, id) {
    return made("input", { id, name, autocomplete: "off", ...(kind === "number" ? { type: "number", step } : { type: "text" }) });
  }

  add(part) {
    this.parts.push(part);
    this.element.append(part.element);
  }

  #addSlider({ label, low, high, step }) {
    this.slider = made("input", { type: "range", min: low, max: high, step });
    this.slider.setAttribute("aria-label", `${label}, slider`);
    this.slider.addEventListener("input", () => this.choose(this.slider.value));
    this.inputs.append(this.slider);
  }

  #affixed() {
    const sign = (text) => made("span", { className: "wb-affix", textContent: text, ariaHidden: "true" });
    if (this.unit === "GBP") return [sign("£"), this.box];
    return this.unit === "share" ? [this.box, sign("%")] : [this.box];
  }

  #typed(text) {
    this.typedAt = performance.now();
    this.follow(text);
    this.changed();
  }

  follow(text) {
    for (const part of this.parts) part.follow?.(text);
    if (!this.slider) return;
    this.slider.value = text;
    this.slider.setAttribute("aria-valuetext", shown(text, this.unit));
  }

  // What is in the box; a number box keeps what is no number to itself.
  get text() { return this.box.validity.badInput ? "not a number" : this.box.value; }

  set text(text) {
    if (this.box.value !== text && !this.box.validity.badInput) this.fill(text);
    this.follow(text);
  }

  fill(text) { this.box.value = text; }

  // As if it had been typed: by a slider, a tick, an upload, a mark of a chart.
  choose(text) {
    if (this.box.value !== text) this.fill(text);
    this.#typed(text);
  }

  offer(options) {
    if (same(options, this.options)) return;
    this.options = options;
    this.show();
    for (const part of this.parts) part.offer?.(options);
  }

  show() {}

  get calm() { return document.activeElement !== this.box || performance.now() - this.typedAt > CALM; }

  refuse(message) {
    if (message) this.box.setAttribute("aria-invalid", "true");
    else this.box.removeAttribute("aria-invalid");
    this.#say(this.error, message && `Error: ${message}`);
    this.element.classList.toggle("wb-refused", Boolean(message));
  }

  // What is allowed and must be known; beside a refusal it would be of another value.
  warn(message) { this.#say(this.caution, message && `Note: ${message}`); }

  #say(place, text) {
    place.textContent = text;
    place.hidden = !text;
    const said = [this.error, this.caution].filter(({ hidden }) => !hidden);
    this.box.setAttribute("aria-describedby", [`${this.box.id}-hint`, ...said.map(({ id }) => id)].join(" "));
  }
}

// Text that may be another than those offered: a table's name, or a path.
class OpenField extends Field {
  show() {
    this.list ??= made("datalist", { id: `${this.box.id}-list` });
    this.inputs.append(this.list);
    this.box.setAttribute("list", this.list.id);
    this.list.replaceChildren(...this.options.map((value) => made("option", { value })));
  }
}

// One of some texts; a value that is not among them (a link's, say) is there as well.
class SelectField extends Field {
  constructor(declared, id, changed) {
    super(declared, id, changed);
    Object.assign(this, { blank: declared.blank, options: declared.choices });
    this.show();
  }

  made({ name }, id) { return made("select", { id, name }); }

  show() { this.fill(this.box.value); }

  fill(text) {
    const offered = this.blank ? ["", ...this.options] : this.options;
    const values = offered.includes(text) ? offered : [text, ...offered];
    const said = (value) => (value ? value.replace(/^upload:(.*)$/, "$1 (uploaded)") : NONE);
    this.box.replaceChildren(...values.map((value) => new Option(said(value), value)));
    this.box.value = text;
  }
}
