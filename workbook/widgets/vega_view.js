// @ts-check
// Vega, loaded once for each page and embedded as SVG.
import { createElement } from "./shared/dom.js";
import { makeAxesHoldable } from "./vega_motion.js";

/**
 * @typedef {import("./types").ChartModel} ChartModel
 * @typedef {import("./types").VegaView} VegaView
 */

/** Milliseconds to wait for a kernel that is running other cells. */
const VEGA_TIMEOUT_MS = 60000;
const DOWNLOAD_WIDTH = 720;
/** Width below which a chart is as narrow as on a phone: ``IS_NARROW`` of the theme. */
const NARROW_WIDTH = 560;
/** With `ast`, Vega interprets its expressions. It would compile them, which our policy forbids. */
const EMBED_OPTIONS = { actions: false, renderer: "svg", ast: true };
/** Vega's expression for the width of a chart's container. */
const CONTAINER_WIDTH = "isFinite(containerSize()[0]) ? containerSize()[0] : 200";
/** Roles and names that Vega sets on its container and groups of marks. They do not help readers. */
const VEGA_ARIA_ATTRIBUTES = ["role", "aria-roledescription", "aria-label"];

/** @param {string} src */
const loadScript = (src) =>
  new Promise((resolve, reject) => {
    const onerror = () => reject(new Error("Vega did not load"));
    document.head.append(createElement("script", { src, onload: resolve, onerror }));
  });

/**
 * The address of the Vega that the kernel sends in JupyterLab, where no server of ours provides it.
 *
 * @param {ChartModel} model
 * @returns {Promise<string>}
 */
const fetchVegaFromKernel = (model) =>
  new Promise((resolve, reject) => {
    model.on("msg:custom", ({ vega }) => {
      if (vega) resolve(URL.createObjectURL(new Blob([vega], { type: "text/javascript" })));
    });
    model.send({ request: "vega" });
    setTimeout(() => reject(new Error("the kernel did not send Vega")), VEGA_TIMEOUT_MS);
  });

/** @param {ChartModel} [model] */
const loadVega = async (model) => {
  const address = document.body.dataset.vega ?? (model && (await fetchVegaFromKernel(model)));
  if (address) await loadScript(address);
  return globalThis.vegaEmbed;
};

/**
 * Vega, loaded at the first call. After a failure, the next chart tries again.
 *
 * @param {ChartModel} [model] - Of any chart. A served page has Vega's address, and needs none.
 */
export const sharedVega = (model) => {
  globalThis.workbookVega ??= loadVega(model).catch((error) => {
    globalThis.workbookVega = undefined;
    throw error;
  });
  return globalThis.workbookVega;
};

/**
 * Let the height of a row follow the width: on a phone, names take two lines.
 *
 * @param {{ name: string, value?: unknown }} signal
 * @param {number | undefined} narrowStep
 */
const withNarrowStep = (signal, narrowStep) =>
  signal.name === "y_step" && narrowStep
    ? {
        name: signal.name,
        update: `width > 0 && containerSize()[0] < ${NARROW_WIDTH} ? ${narrowStep} : ${signal.value}`,
      }
    : signal;

/**
 * Let a compiled chart fill its place: its width, and its height unless that follows from its rows.
 * Vega-Lite warns where one does and the other does not, so it compiles the chart without either.
 * Longer names in new data would be cut off without `resize`.
 *
 * @param {import("./types").VegaSpec} vegaSpec
 * @param {unknown} height - The height in the specification.
 */
const fillContainer = ({ width, signals = [], ...vegaSpec }, height) => ({
  ...vegaSpec,
  autosize: {
    type: typeof height === "number" ? "fit" : "fit-x",
    contains: "padding",
    resize: true,
  },
  signals: [
    ...signals.map((signal) => withNarrowStep(signal, vegaSpec.usermeta?.narrowStep)),
    {
      name: "width",
      init: CONTAINER_WIDTH,
      on: [{ update: CONTAINER_WIDTH, events: "window:resize" }],
    },
  ],
});

/**
 * Embed the model's chart in a container.
 *
 * @param {ChartModel} model
 * @param {HTMLElement} container
 * @param {Record<string, unknown>} [overrides] - Properties of the specification.
 */
export const embedChart = async (model, container, overrides = {}) => {
  const embed = await sharedVega(model);
  const { width, ...spec } = model.get("spec");
  const isFilling = width === "container" && !("width" in overrides);
  const fullSpec = {
    ...spec,
    width: isFilling ? DOWNLOAD_WIDTH : width, // any number: fillContainer replaces it
    autosize: { type: "pad", resize: true },
    datasets: model.get("named_data"),
    ...overrides,
  };
  /** @param {import("./types").VegaSpec} vegaSpec */
  const patch = (vegaSpec) =>
    makeAxesHoldable(isFilling ? fillContainer(vegaSpec, spec.height) : vegaSpec);
  const { view } = await embed(container, fullSpec, { ...EMBED_OPTIONS, patch });
  return view;
};

/**
 * The chart for download: with its title, at a fixed width.
 *
 * @param {ChartModel} model
 */
export const renderForDownload = (model) => {
  const { title, subtitle } = model.get("captions");
  const overrides = { title: { text: title, subtitle }, width: DOWNLOAD_WIDTH };
  return embedChart(model, document.createElement("div"), overrides);
};

/**
 * Present the SVG as one image, without Vega's own roles and names. Its title and description stand
 * beside it, so it is named only by what it is.
 *
 * @param {HTMLElement} container
 */
export const nameSvg = (container) => {
  for (const element of [container, ...container.querySelectorAll("[role]")]) {
    for (const name of VEGA_ARIA_ATTRIBUTES) element.removeAttribute(name);
  }
  const svg = container.querySelector("svg");
  svg?.setAttribute("role", "img");
  svg?.setAttribute("aria-label", "Chart");
};
