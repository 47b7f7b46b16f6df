// The form: native inputs for a scenario. Every change sends all fields' texts in one message, so
// that the front end may merge what is typed fast; the kernel answers with what it took.
const grouped = (fields) => Map.groupBy
  ? Map.groupBy(fields, ({ group }) => group)
  : fields.reduce((all, field) => all.set(field.group, [...(all.get(field.group) ?? []), field]), new Map());

const fieldOf = (declared, id, changed, model, settled) => {
  const { name, kind, paths, template } = declared;
  const chosen = kind === "choice" || kind === "table" || (kind === "text" && name in model.get("options"));
  const field = new (paths ? OpenField : chosen ? SelectField : Field)(declared, id, changed);
  if (kind === "list") field.add(new Ticks(field));
  if (template) field.add(new Upload(model, field, declared, settled));
  return field;
};

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
    const answered = async () => {
      if (model.get("answered") < sent) return;
      await painted();
      if (model.get("answered") >= sent) page("ready");
    };
    const fields = model.get("fields").map((declared) => fieldOf(declared, id, changed, model, answered));
    const byName = new Map(fields.map((field) => [field.name, field]));

    const refuse = () => {
      const problems = model.get("problems");
      for (const field of fields) if (!problems[field.name] || field.calm) field.refuse(problems[field.name] ?? "");
      for (const field of fields) if (!problems[field.name] && field.calm) field.before = field.text;
      for (const field of fields) field.warn(problems[field.name] ? "" : model.get("cautions")[field.name] ?? "");
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
    const offer = () => {
      for (const [name, options] of Object.entries(model.get("options"))) byName.get(name)?.offer(options);
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

    // A chart tells what was picked in it; one form of its study takes it.
    const pick = (event) => {
      const { study, parameter, value } = event.detail;
      if (event.defaultPrevented || study !== model.get("study") || !byName.has(parameter)) return;
      event.preventDefault();
      byName.get(parameter).choose(value);
    };
    document.addEventListener("workbook:pick", pick);

    const taken = () => { refuse(); write(false); };
    for (const name of ["taken", "problems", "cautions", "texts"]) model.on(`change:${name}`, taken);
    model.on("change:options", offer);
    model.on("change:answered", answered);
    offer();
    write(true);
    refuse();
    el.append(form);
    return () => document.removeEventListener("workbook:pick", pick);
  },
};
