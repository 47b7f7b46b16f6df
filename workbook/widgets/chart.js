// @ts-check
// A chart: one Vega view, drawn as SVG. When the outcome changes, its data are replaced in place.
import { enableClicks, enableKeyboardReading } from "./chart_reading.js";
import { renderTable } from "./shared/data_table.js";
import {
  createButton,
  createElement,
  createLiveRegion,
  createScrollRegion,
  uniqueId,
  writeProse,
} from "./shared/dom.js";
import { downloadText, downloadUrl, toCsv } from "./shared/downloads.js";
import { trackRender } from "./shared/page_state.js";
import { describeSvg, embedChart, renderForDownload, sharedVega } from "./vega_view.js";

/** @typedef {import("./types").ChartModel} ChartModel */

const CLICK_HELP =
  "Click a mark to select it. With a keyboard, use the arrow keys to read the data and press Enter to select.";
const FAILURE_MESSAGE = "This chart could not be drawn. Its data are in the table below.";
/** The kind of each download, and its button's text. */
const DOWNLOADS = /** @type {const} */ ([
  ["svg", "Download image (SVG)"],
  ["png", "Download image (PNG)"],
  ["csv", "Download data (CSV)"],
]);
const PNG_SCALE = 2;

/**
 * @param {ChartModel} model
 * @param {(typeof DOWNLOADS)[number][0]} kind
 */
const downloadChart = async (model, kind) => {
  const fileName = `${model.get("name")}.${kind}`;
  if (kind === "csv") {
    downloadText(toCsv(model.get("table_content")), "text/csv", fileName);
    return;
  }
  const view = await renderForDownload(model);
  if (kind === "svg") downloadText(await view.toSVG(), "image/svg+xml", fileName);
  else downloadUrl(await view.toImageURL("png", PNG_SCALE), fileName);
  view.finalize();
};

/** A chart's figure: its captions, plot, data table and downloads. */
class ChartFigure {
  /** @type {import("./types").VegaView | null} */
  view = null;
  isRemoved = false;
  /** The specification of the view, as JSON. */
  renderedSpec = "";
  lastRender = Promise.resolve();
  isQueued = false;

  /** @param {ChartModel} model */
  constructor(model) {
    this.model = model;
    this.title = createElement("span", { className: "wb-title" });
    this.subtitle = createElement("span", { className: "wb-subtitle" });
    this.vegaContainer = createElement("div");
    this.plot = createElement("div", { className: "wb-plot", tabIndex: 0 }, this.vegaContainer);
    this.plot.setAttribute("role", "group");
    const id = uniqueId(model.get("name"));
    this.description = createElement("p", { className: "wb-description", id });
    this.clickHelp = createElement("p", {
      className: "wb-description wb-click-help",
      id: `${id}-click-help`,
      textContent: CLICK_HELP,
    });
    this.plot.setAttribute("aria-describedby", `${id} ${this.clickHelp.id}`);
    this.readout = createLiveRegion("wb-readout");
    this.table = createElement("table", { className: "wb-table" });
    this.tableRegion = createScrollRegion(this.table, "");
    this.downloadButtons = DOWNLOADS.map(([kind, label]) =>
      createButton(label, () => downloadChart(model, kind)),
    );
    this.element = this.#createElement();
    enableKeyboardReading(model, this.plot, this.readout);
  }

  #createElement() {
    const figure = createElement(
      "figure",
      { className: "wb-figure wb-result" },
      createElement("figcaption", {}, this.title, this.subtitle),
      this.plot,
      this.readout,
      this.description,
      this.clickHelp,
      createElement(
        "details",
        {},
        createElement("summary", { textContent: "View data" }),
        this.tableRegion,
      ),
      createElement("p", { className: "wb-tools" }, ...this.downloadButtons),
    );
    figure.dataset.chart = this.model.get("name");
    return figure;
  }

  updateCaptions() {
    const { title, subtitle, description } = this.model.get("captions");
    this.title.textContent = title;
    this.subtitle.textContent = subtitle;
    writeProse(this.description, description);
    const isClickable = Boolean(this.model.get("click_target").column);
    this.clickHelp.hidden = !isClickable;
    const keyHelp = `chart. Use the arrow keys to read the data${isClickable ? " and Enter to select" : ""}`;
    this.plot.setAttribute("aria-label", title);
    this.plot.setAttribute("aria-roledescription", keyHelp);
    this.plot.classList.toggle("wb-rows", typeof this.model.get("spec").height === "object");
    this.tableRegion.ariaLabel = `Data: ${title}`;
    renderTable(this.table, this.model.get("table_content"));
    for (const button of this.downloadButtons) button.ariaLabel = `${button.textContent}: ${title}`;
  }

  /** Replace the data if the specification is the same; otherwise draw the chart again. */
  async renderChart() {
    const spec = JSON.stringify(this.model.get("spec"));
    if (this.view && spec === this.renderedSpec) {
      await this.#replaceData(this.view);
    } else {
      this.renderedSpec = spec;
      this.view?.finalize();
      this.view = await embedChart(this.model, this.vegaContainer);
      enableClicks(this.model, this.view, this.plot);
      if (this.isRemoved) this.view.finalize();
    }
    describeSvg(this.vegaContainer, this.model.get("captions").description);
    this.plot.dataset.renderCount = String(Number(this.plot.dataset.renderCount ?? 0) + 1);
  }

  /** @param {import("./types").VegaView} view */
  async #replaceData(view) {
    for (const [name, rows] of Object.entries(this.model.get("named_data"))) view.data(name, rows);
    await view.runAsync();
  }

  /** Render one change at a time. Changes during a render are combined in the next one. */
  queueRender() {
    this.updateCaptions();
    if (this.isQueued) return;
    this.isQueued = true;
    const render = async () => {
      this.isQueued = false;
      try {
        await this.renderChart();
      } catch (error) {
        this.renderedSpec = "";
        this.readout.textContent = FAILURE_MESSAGE;
        console.error(error);
      }
    };
    this.lastRender = this.lastRender.then(render);
    trackRender(this.lastRender);
  }

  remove() {
    this.isRemoved = true;
    this.view?.finalize();
  }
}

/**
 * Resize a Vega view with an element. Vega itself listens only to the window.
 *
 * @param {HTMLElement} element
 */
const followWidth = (element) => {
  let width = 0;
  const observer = new ResizeObserver(() => {
    const hasChanged = element.clientWidth && width && element.clientWidth !== width;
    if (hasChanged) window.dispatchEvent(new Event("resize"));
    width = element.clientWidth;
  });
  observer.observe(element);
  return observer;
};

export default {
  /**
   * Load Vega through the model, which outlives its views: JupyterLab may remove a view early.
   *
   * @param {{ model: ChartModel }} context
   */
  initialize({ model }) {
    sharedVega(model).catch(() => {}); // the chart reports the failure when it renders
  },

  /** @param {{ model: ChartModel, el: HTMLElement }} context */
  render({ model, el }) {
    const figure = new ChartFigure(model);
    model.on("change:render_count", () => figure.queueRender());
    el.append(figure.element);
    const resizeObserver = followWidth(figure.plot);
    figure.queueRender();
    return () => {
      resizeObserver.disconnect();
      figure.remove();
    };
  },
};
