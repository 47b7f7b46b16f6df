// @ts-check
// Rendering: a widget's module replaces its static form.
import { WidgetModel } from "./widget_model.js";
import { widgetModules } from "./widget_modules.js";

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
 * Render a widget. Other widgets than ours keep their static form.
 *
 * @param {HTMLElement} element
 * @param {WidgetModel | undefined} model
 */
export const renderWidget = async (element, model) => {
  const widget = widgetModules.get(model?.get("_esm"));
  if (!model || !widget) return;
  await widget.initialize?.({ model });
  const el = document.createElement("div");
  await widget.render({ model, el });
  keepStill(element, el);
  element.replaceChildren(el);
};
