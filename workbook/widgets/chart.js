// A chart: one Vega view, drawn as SVG, whose data are replaced in place when the outcome changes.

const PATIENCE = 60000; // milliseconds; a kernel that runs other cells answers late

// Vega comes from our server's own files on a page, and once from the kernel in JupyterLab.
const script = (src) => new Promise((done, failed) => {
  document.head.append(made("script", { src, onload: done, onerror: () => failed(new Error("Vega did not load")) }));
});
const fromKernel = (model) => new Promise((done, failed) => {
  model.on("msg:custom", ({ vega }) => vega && done(URL.createObjectURL(new Blob([vega], { type: "text/javascript" }))));
  model.send({ want: "vega" });
  setTimeout(() => failed(new Error("the kernel did not send Vega")), PATIENCE);
});
const loadVega = async (model) => {
  await script(document.body.dataset.vega ?? (await fromKernel(model)));
  return globalThis.vegaEmbed;
};
const vega = (model) => (globalThis.workbookVega ??= loadVega(model).catch((fault) => {
  globalThis.workbookVega = undefined; // the next chart asks again
  throw fault;
}));

const embed = async (model, host, spec) => {
  const { view } = await (await vega(model))(host, spec, { actions: false, renderer: "svg" });
  return view;
};
// Vega gives its container and every group of marks a role and no name that helps. Ours is one picture
// with a description, inside a chart with a name.
const ARIA = ["role", "aria-roledescription", "aria-label"];
const plain = (host) => {
  for (const part of [host, ...host.querySelectorAll("[role]")]) for (const name of ARIA) part.removeAttribute(name);
};
const withData = (model, extra) => ({ ...model.get("spec"), datasets: model.get("data"), ...extra });

// The chart as a picture of its own: with its title, at a fixed width.
const picture = (model) => {
  const { title, subtitle } = model.get("words");
  return embed(model, document.createElement("div"), withData(model, { title: { text: title, subtitle }, width: 720 }));
};

// What is picked in a chart is told to the form of its study; null where a row has nothing to pick, or
// no form is there to take it.
const pickOf = (model, row) => row?.[model.get("picks").column] ?? null;
const pick = (model, row) => {
  const value = pickOf(model, row);
  if (value === null) return null;
  const detail = { study: model.get("study"), parameter: model.get("picks").parameter, value: String(value) };
  return document.dispatchEvent(new CustomEvent("workbook:pick", { detail, cancelable: true })) ? null : value;
};
const pickable = (model, view, plot) => {
  view.addEventListener("click", (_, item) => pick(model, item?.datum));
  view.addEventListener("mousemove", (_, item) => plot.classList.toggle("wb-picking", pickOf(model, item?.datum) !== null));
};
const PICKING = "Click a mark to choose it; by keyboard, read the figures with the arrow keys and press Enter.";

// Arrow keys read the chart's figures row by row, Enter picks the one read; the table beneath has them all.
const reader = (plot, readout, content, picked) => {
  let row = -1;
  plot.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && row >= 0) {
      const { columns, rows } = content();
      const read = Object.fromEntries(columns.map(({ name }, c) => [name, rows[row]?.[c]]));
      const chosen = picked(read);
      if (chosen !== null) readout.textContent = `Chosen: ${chosen}`;
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { columns, texts } = content();
    if (!texts.length) return;
    row = Math.min(Math.max(row + step, 0), texts.length - 1);
    readout.textContent = columns.map(({ label }, c) => `${label}: ${texts[row][c]}`).filter((_, c) => texts[row][c]).join("; ");
  });
};

export default {
  // Asked for by the model, which outlives its views: JupyterLab may drop a view before the answer.
  initialize({ model }) { vega(model).catch(() => {}); },

  render({ model, el }) {
    const name = model.get("name");
    const title = made("span", { className: "wb-title" });
    const subtitle = made("span", { className: "wb-subtitle" });
    const host = made("div");
    const plot = made("div", { className: "wb-plot", tabIndex: 0 }, host);
    plot.setAttribute("role", "group");
    const description = made("p", { className: "wb-description", id: unique(name) });
    const picking = made("p", { className: "wb-description wb-pick", id: `${description.id}-picking`, textContent: PICKING });
    plot.setAttribute("aria-describedby", `${description.id} ${picking.id}`);
    const readout = live("wb-readout");
    const table = made("table", { className: "wb-table" });
    const region = scrolling(table, "");
    const figures = made("details", {}, made("summary", { textContent: "The chart’s figures" }), region);
    reader(plot, readout, () => model.get("table"), (row) => pick(model, row));

    const download = async (kind) => {
      if (kind === "csv") return saveText(csv(model.get("table")), "text/csv", `${name}.csv`);
      const drawn = await picture(model);
      if (kind === "svg") saveText(await drawn.toSVG(), "image/svg+xml", `${name}.svg`);
      else save(await drawn.toImageURL("png", 2), `${name}.png`);
      return drawn.finalize();
    };
    const tools = made("p", { className: "wb-tools" }, ...["svg", "png", "csv"].map((kind) =>
      button(`Download ${kind.toUpperCase()}`, () => download(kind), `Download ${kind.toUpperCase()}: ${model.get("words").title}`)));

    const say = () => {
      const words = model.get("words");
      title.textContent = words.title;
      subtitle.textContent = words.subtitle;
      description.textContent = words.description;
      plot.setAttribute("aria-label", words.title);
      plot.classList.toggle("wb-rows", typeof model.get("spec").height === "object");
      region.ariaLabel = `The chart’s figures: ${words.title}`;
      picking.hidden = !model.get("picks").column;
      plot.setAttribute("aria-roledescription", `chart; arrow keys read its figures${picking.hidden ? "" : ", Enter chooses the one read"}`);
      fillTable(table, model.get("table"));
      tools.querySelectorAll("button").forEach((each) => { each.ariaLabel = `${each.textContent}: ${words.title}`; });
    };
    const describe = () => {
      plain(host);
      const svg = host.querySelector("svg");
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", model.get("words").description);
    };

    let view = null;
    let gone = false;
    let drawn = "";
    const draw = async () => {
      const spec = JSON.stringify(model.get("spec"));
      if (spec !== drawn) {
        drawn = spec;
        view?.finalize();
        view = await embed(model, host, withData(model, {}));
        pickable(model, view, plot);
        if (gone) view.finalize();
      } else {
        for (const [key, values] of Object.entries(model.get("data"))) view.data(key, values);
        await view.runAsync();
      }
      describe();
      plot.dataset.painted = String(Number(plot.dataset.painted ?? 0) + 1);
    };
    // One drawing at a time; what changes meanwhile is drawn once, by the next.
    let current = Promise.resolve();
    let waiting = false;
    const show = () => {
      say();
      if (waiting) return;
      waiting = true;
      current = current.then(() => { waiting = false; return draw(); }).catch((fault) => {
        drawn = "";
        readout.textContent = "This chart could not be drawn; its figures are in the table below.";
        console.error(fault);
      });
      const work = current;
      painting.add(work);
      work.finally(() => painting.delete(work));
    };

    model.on("change:shown", show);
    el.append(made("figure", { className: "wb-figure wb-answer" },
      made("figcaption", {}, title, subtitle), plot, readout, description, picking, figures, tools));
    el.firstChild.dataset.chart = name;
    let width = 0;
    const sized = new ResizeObserver(() => {
      if (plot.clientWidth && plot.clientWidth !== width && width) window.dispatchEvent(new Event("resize"));
      width = plot.clientWidth;
    });
    sized.observe(plot);
    show();
    return () => {
      gone = true;
      sized.disconnect();
      view?.finalize();
    };
  },
};
