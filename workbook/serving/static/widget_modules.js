// @ts-check
// The modules of all widgets, by the name that a widget's state has in place of its script.
import changes from "../../widgets/changes.js";
import chart from "../../widgets/chart.js";
import comparison from "../../widgets/comparison.js";
import dependence from "../../widgets/dependence.js";
import form from "../../widgets/form.js";
import goal_seek from "../../widgets/goal_seek.js";
import headline from "../../widgets/headline.js";
import link from "../../widgets/link.js";
import more_figures from "../../widgets/more_figures.js";
import notes from "../../widgets/notes.js";
import opened_scenario from "../../widgets/opened_scenario.js";
import pinned_link from "../../widgets/pinned_link.js";
import pinned_scenario from "../../widgets/pinned_scenario.js";
import saved_scenarios from "../../widgets/saved_scenarios.js";
import section_heading from "../../widgets/section_heading.js";
import share from "../../widgets/share.js";
import table from "../../widgets/table.js";
import tiles from "../../widgets/tiles.js";

/**
 * @typedef {import("./widget_model.js").WidgetModel} WidgetModel
 * @typedef {object} WidgetModule
 * @property {(context: { model: any }) => void} [initialize]
 * @property {(context: { model: any, el: HTMLElement }) => unknown} render
 */

/** @type {Map<string, WidgetModule>} */
export const widgetModules = new Map(
  Object.entries({
    changes,
    chart,
    comparison,
    dependence,
    form,
    goal_seek,
    headline,
    link,
    more_figures,
    notes,
    opened_scenario,
    pinned_link,
    pinned_scenario,
    saved_scenarios,
    section_heading,
    share,
    table,
    tiles,
  }),
);
