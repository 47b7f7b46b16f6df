// @ts-check
// A chart: one Vega view, drawn as SVG. When the outcome changes, its data are replaced in place.
import { enableClicks, enableKeyboardReading } from "./chart_reading.js";
import { DataTable } from "./shared/data_table.js";
import {
  createButton,
  createElement,
  createLiveRegion,
  uniqueId,
  writeProse,
} from "./shared/dom.js";
import { downloadText, downloadUrl, toCsv } from "./shared/downloads.js";
import { requestIdle } from "./shared/idle_time.js";
import { isInView, leaveRenderQueue, queueRender } from "./shared/render_queue.js";
import { glideFrom, HeldAxes, readPlaces } from "./vega_motion.js";
import { embedChart, nameSvg, renderForDownload, sharedVega } from "./vega_view.js";

/** @typedef {import("./types").ChartModel} ChartModel */

const CLICK_HELP = "Select a mark to see it in detail.";
const KEY_HELP = "With a keyboard, use the arrow keys to read the data.";
const KEY_CLICK_HELP =
  "With a keyboard, use the arrow keys to read the data and press Enter to select.";
const FAILURE_MESSAGE = "This chart could not be drawn. Its data are in the table below.";
const DISCLOSURE_LABEL = "Data and description";
/** Name of the picture. The figure around it has the title and the subtitle as its name. */
const PLOT_LABEL = "Chart";
/** What stands on a chart that is not of the present scenario. */
const STATUS_MESSAGES = {
  current: "",
  stale: "Calculating…",
  pending: "Calculating…",
  failed: "Could not be calculated for these assumptions.",
};
/** What stands there on a chart that was still being calculated when the connection was lost. */
const LOST_MESSAGE = "Not calculated: the connection was lost.";
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

/** A chart's figure: its captions, plot and, in one disclosure, description, data and downloads. */
class ChartFigure {
  /** @type {import("./types").VegaView | null} */
  view = null;
  /** @type {HeldAxes | null} */
  axes = null;
  isRemoved = false;
  isTableOld = false;
  /** The specification of the view, as JSON. */
  renderedSpec = "";

  /** @param {ChartModel} model */
  constructor(model) {
    this.model = model;
    const id = uniqueId(model.get("name"));
    this.title = createElement("h3", { className: "wb-title" });
    this.subtitle = createElement("p", { className: "wb-subtitle" });
    this.vegaContainer = createElement("div", { className: "wb-vega" });
    this.statusMessage = createElement("p", { className: "wb-chart-status", hidden: true });
    this.plot = createElement(
      "div",
      { className: "wb-plot", tabIndex: 0 },
      this.vegaContainer,
      this.statusMessage,
    );
    this.plot.setAttribute("role", "group");
    this.plot.ariaLabel = PLOT_LABEL;
    this.plot.setAttribute("aria-describedby", `${id}-help`);
    this.clickHelp = createElement("span");
    this.keyHelp = createElement("span", { className: "wb-key-help" });
    this.help = createElement(
      "p",
      { className: "wb-chart-help", id: `${id}-help` },
      this.clickHelp,
      this.keyHelp,
    );
    this.help.ariaHidden = "true"; // the chart's description: a screen reader says it there
    this.readout = createLiveRegion("wb-readout");
    this.description = createElement("p", { className: "wb-description" });
    this.table = new DataTable();
    this.downloadButtons = DOWNLOADS.map(([kind, label]) =>
      createButton(label, () => downloadChart(model, kind)),
    );
    this.disclosure = createElement(
      "details",
      { className: "wb-chart-data" },
      createElement("summary", { textContent: DISCLOSURE_LABEL }),
      this.description,
      this.table.region,
      this.table.status,
      this.table.showAll,
      createElement("p", { className: "wb-tools" }, ...this.downloadButtons),
    );
    this.element = this.#createElement();
    enableKeyboardReading(model, this.plot, this.readout);
    this.completeTable = () => {
      this.showTable();
      this.table.renderAll();
    };
    addEventListener("beforeprint", this.completeTable);
  }

  #createElement() {
    const name = this.model.get("name");
    const figure = createElement(
      "figure",
      { className: "wb-figure wb-result", id: `chart-${name}` },
      createElement("figcaption", {}, this.title, this.subtitle),
      this.plot,
      this.readout,
      this.disclosure,
      this.help, // last: it goes when a mouse leaves the chart, and would move what is clicked
    );
    figure.dataset.chart = name;
    return figure;
  }

  updateCaptions() {
    const { title, subtitle, description } = this.model.get("captions");
    this.title.textContent = title;
    this.element.ariaLabel = title; // not the whole caption, which is read inside
    this.subtitle.textContent = subtitle;
    writeProse(this.description, description);
    const isClickable = Boolean(this.model.get("click_target").column);
    this.clickHelp.textContent = isClickable ? `${CLICK_HELP} ` : "";
    this.keyHelp.textContent = isClickable ? KEY_CLICK_HELP : KEY_HELP;
    this.help.classList.toggle("wb-only-keys", !isClickable);
    for (const button of this.downloadButtons) button.ariaLabel = `${button.textContent}: ${title}`;
    this.#updatePlace();
  }

  /** Reserve the chart's height, or show in its place why there is nothing to draw. */
  #updatePlace() {
    const isEmpty = this.model.get("is_empty");
    this.element.hidden = this.model.get("is_hidden");
    const [wide, narrow] = isEmpty ? [0, 0] : this.model.get("reserved_heights");
    this.plot.style.setProperty("--wb-wide", `${wide}px`);
    this.plot.style.setProperty("--wb-narrow", `${narrow}px`);
    this.vegaContainer.hidden = isEmpty;
    if (isEmpty) this.plot.append(this.description);
    else this.disclosure.firstElementChild?.after(this.description);
  }

  /**
   * Show whether the chart is of the present scenario.
   *
   * @param {import("./types").ChartTraits["status"]} status
   */
  showStatus(status) {
    this.plot.setAttribute("aria-busy", String(status === "stale" || status === "pending"));
    this.element.dataset.status = status;
    this.statusMessage.textContent = STATUS_MESSAGES[status];
    this.statusMessage.hidden = status === "current";
  }

  /** A chart that was being calculated will not come any more. */
  showLost() {
    if (this.plot.getAttribute("aria-busy") !== "true") return;
    this.plot.setAttribute("aria-busy", "false");
    this.statusMessage.textContent = LOST_MESSAGE;
  }

  /** Replace the data if the specification is the same; otherwise draw the chart again. */
  async renderChart() {
    if (this.model.get("is_hidden")) return;
    if (this.model.get("is_empty") || this.model.get("status") === "pending") return;
    const spec = JSON.stringify(this.model.get("spec"));
    if (this.view && this.axes && spec === this.renderedSpec) {
      await this.#replaceData(this.view, this.axes);
    } else {
      this.renderedSpec = spec;
      this.#finalizeView();
      this.view = await embedChart(this.model, this.vegaContainer);
      this.axes = new HeldAxes(this.view);
      enableClicks(this.model, this.view, this.plot);
      if (this.isRemoved) this.#finalizeView();
    }
    nameSvg(this.vegaContainer);
    if (this.readout.textContent === FAILURE_MESSAGE) this.readout.textContent = "";
  }

  /** Show the data below the chart: in idle time, so that the picture does not wait for them. */
  showTable() {
    if (!this.isTableOld) return;
    this.isTableOld = false;
    const content = this.model.get("table_content");
    this.table.show(content);
    this.table.region.hidden = content.rows.length === 0; // the chart says why
  }

  /**
   * @param {import("./types").VegaView} view
   * @param {HeldAxes} axes
   */
  async #replaceData(view, axes) {
    const places = isInView(this.plot) ? readPlaces(this.vegaContainer) : null;
    for (const [name, rows] of Object.entries(this.model.get("named_data"))) view.data(name, rows);
    await axes.run();
    if (places) glideFrom(this.vegaContainer, places);
  }

  /** Render a change. Changes until then are combined. */
  queueRender() {
    this.updateCaptions();
    queueRender(this.plot, async () => {
      try {
        await this.renderChart();
      } catch (error) {
        this.renderedSpec = "";
        this.readout.textContent = FAILURE_MESSAGE;
        console.error(error);
      }
      this.isTableOld = true;
      requestIdle(() => this.showTable());
      this.plot.querySelector(".wb-stills")?.remove(); // the page's first paint had it
      this.plot.dataset.renderCount = String(Number(this.plot.dataset.renderCount ?? 0) + 1);
    });
  }

  #finalizeView() {
    this.axes?.remove();
    this.view?.finalize();
  }

  remove() {
    this.isRemoved = true;
    removeEventListener("beforeprint", this.completeTable);
    leaveRenderQueue(this.plot);
    this.table.remove();
    this.#finalizeView();
  }
}

/**
 * Resize a Vega view with an element. Vega itself listens only to the window.
 *
 * @param {HTMLElement} element
 */
const resizeWithElement = (element) => {
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
    const updateStatus = () => figure.showStatus(model.get("status"));
    /** A deferred chart is stale from the moment that a change is sent until it is answered. */
    const followPage = (/** @type {any} */ { detail: state }) => {
      if (state === "lost") figure.showLost();
      if (!model.get("is_deferred")) return;
      if (state === "busy" && model.get("status") === "current") figure.showStatus("stale");
      if (state === "ready") updateStatus();
    };
    model.on("change:status", updateStatus);
    model.on("change:render_count", () => figure.queueRender());
    document.addEventListener("workbook:state", followPage);
    el.append(figure.element);
    const resizeObserver = resizeWithElement(figure.plot);
    updateStatus();
    figure.queueRender();
    return () => {
      document.removeEventListener("workbook:state", followPage);
      resizeObserver.disconnect();
      figure.remove();
    };
  },
};
