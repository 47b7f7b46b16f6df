// @ts-check
// Rendering: a widget's module and style, loaded once, replace its static form.
import { WidgetModel } from "./widget_model.js";

/** @type {Map<string, Promise<any>>} */
const modules = new Map();
/** @type {Set<string>} */
const styles = new Set();

/** @param {string} code - The source of an anywidget module. */
const loadModule = (code) => {
  const blob = new Blob([code], { type: "text/javascript" });
  const module = modules.get(code) ?? import(URL.createObjectURL(blob));
  modules.set(code, module);
  return module;
};

/** @param {string} css */
const addStyle = (css) => {
  if (!css || styles.has(css)) return;
  styles.add(css);
  const element = document.createElement("style");
  element.textContent = css;
  document.head.append(element);
};

/**
 * Keep the still of a chart in its place, until the chart is drawn and removes it.
 *
 * @param {HTMLElement} staticForm
 * @param {HTMLElement} liveForm
 */
const keepStill = (staticForm, liveForm) => {
  const still = staticForm.querySelector(".wb-stills");
  if (still) liveForm.querySelector(".wb-plot:not([data-render-count])")?.prepend(still);
};

/**
 * Render a widget. Other widgets than anywidgets keep their static form.
 *
 * @param {HTMLElement} element
 * @param {WidgetModel | undefined} model
 */
export const renderWidget = async (element, model) => {
  if (!model?.get("_esm")) return;
  addStyle(model.get("_css"));
  const { default: widget } = await loadModule(model.get("_esm"));
  await widget.initialize?.({ model });
  const el = document.createElement("div");
  await widget.render({ model, el });
  keepStill(element, el);
  element.replaceChildren(el);
};
