// @ts-check
// Vega, loaded once for each page and embedded as SVG.
import { createElement } from "./shared/dom.js";

/**
 * @typedef {import("./types").ChartModel} ChartModel
 * @typedef {import("./types").VegaView} VegaView
 */

/** Milliseconds to wait for a kernel that is running other cells. */
const VEGA_TIMEOUT_MS = 60000;
const DOWNLOAD_WIDTH = 720;
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

/** @param {ChartModel} model */
const loadVega = async (model) => {
  await loadScript(document.body.dataset.vega ?? (await fetchVegaFromKernel(model)));
  return globalThis.vegaEmbed;
};

/**
 * Vega, loaded at the first call. After a failure, the next chart tries again.
 *
 * @param {ChartModel} model
 */
export const sharedVega = (model) => {
  globalThis.workbookVega ??= loadVega(model).catch((error) => {
    globalThis.workbookVega = undefined;
    throw error;
  });
  return globalThis.workbookVega;
};

/**
 * Embed the model's chart in a container.
 *
 * @param {ChartModel} model
 * @param {HTMLElement} container
 * @param {Record<string, unknown>} [overrides] - Properties of the specification.
 */
export const embedChart = async (model, container, overrides = {}) => {
  const embed = await sharedVega(model);
  const spec = {
    ...model.get("spec"),
    datasets: model.get("named_data"),
    autosize: { resize: true }, // longer names in new data would be cut off otherwise
    ...overrides,
  };
  const { view } = await embed(container, spec, { actions: false, renderer: "svg" });
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
 * Present the SVG as one image with a description, without Vega's own roles and names.
 *
 * @param {HTMLElement} container
 * @param {string} description
 */
export const describeSvg = (container, description) => {
  for (const element of [container, ...container.querySelectorAll("[role]")]) {
    for (const name of VEGA_ARIA_ATTRIBUTES) element.removeAttribute(name);
  }
  const svg = container.querySelector("svg");
  svg?.setAttribute("role", "img");
  svg?.setAttribute("aria-label", description);
};
