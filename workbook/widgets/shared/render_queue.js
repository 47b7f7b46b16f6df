// @ts-check
// The charts that have changed and are not drawn yet. What a visitor can see is drawn at once. The
// rest, in closed sections or off the screen, is drawn in idle time, when it comes into view, or
// before printing. The queue is shared by the bundles of the widgets of a page.
import { requestIdle } from "./idle_time.js";

/**
 * @typedef {() => Promise<void>} Render
 * @typedef {{ isVisible: boolean, render: Render | null, ongoing: Promise<void> | null }} Chart
 */

/** Milliseconds without a change until charts out of sight are drawn. */
const IDLE_DELAY_MS = 300;
/** Charts as near to the screen as this are drawn at once. */
const VISIBLE_MARGIN = "25%";

globalThis.workbookCharts ??= new Map();
const charts = globalThis.workbookCharts;

/** @param {HTMLElement} element */
const startRender = (element) => {
  const chart = charts.get(element);
  if (!chart?.render) return;
  const { render } = chart;
  chart.render = null;
  const begun = chart.ongoing ? chart.ongoing.then(render) : render();
  const ongoing = begun.finally(() => {
    if (chart.ongoing === ongoing) chart.ongoing = null;
  });
  chart.ongoing = ongoing;
};

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const element = /** @type {HTMLElement} */ (target);
      const chart = charts.get(element);
      if (!chart) continue;
      chart.isVisible = isIntersecting;
      if (isIntersecting) startRender(element);
    }
  },
  { rootMargin: VISIBLE_MARGIN },
);

/**
 * Whether a chart can be drawn: it is in the page, and has a width. In a closed section Chromium
 * answers the first question about its size with 0, and lays it out for the second.
 *
 * @param {HTMLElement} element
 */
const hasWidth = (element) => {
  element.getBoundingClientRect();
  return element.clientWidth > 0;
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let idleTimer;

/** Draw the charts out of sight, one in each idle period. */
const renderNextInIdleTime = () => {
  for (const [element, { render }] of charts) {
    if (!render || !hasWidth(element)) continue;
    startRender(element);
    charts.get(element)?.ongoing?.then(() => requestIdle(renderNextInIdleTime));
    return;
  }
};

const restartIdleTimer = () => {
  clearTimeout(idleTimer);
  idleTimer = setTimeout(() => requestIdle(renderNextInIdleTime), IDLE_DELAY_MS);
};

/**
 * Draw a chart: now if it is in view, else later.
 *
 * @param {HTMLElement} element
 * @param {Render} render
 */
export const queueRender = (element, render) => {
  const chart = charts.get(element) ?? { isVisible: false, render: null, ongoing: null };
  if (!charts.has(element)) observer.observe(element);
  charts.set(element, chart);
  chart.render = render;
  if (chart.isVisible) startRender(element);
  else restartIdleTimer();
};

/**
 * Whether a chart is on the screen or near it.
 *
 * @param {HTMLElement} element
 */
export const isInView = (element) => charts.get(element)?.isVisible ?? false;

/** @param {HTMLElement} element */
export const leaveRenderQueue = (element) => {
  observer.unobserve(element);
  charts.delete(element);
};

/** The renders that have begun. */
const ongoingRenders = () =>
  [...charts.values()].flatMap(({ ongoing }) => (ongoing ? [ongoing] : []));

/** Update which charts are in view, without waiting for the observer's next turn. */
const updateVisibility = () => {
  const margin = innerHeight / 4;
  for (const [element, chart] of charts) {
    const { top, bottom } = element.getBoundingClientRect();
    const isOpen = hasWidth(element) && (element.checkVisibility?.() ?? true);
    chart.isVisible = isOpen && bottom > -margin && top < innerHeight + margin;
  }
};

/** Draw every changed chart that is in view, and wait until no render is under way. */
export const renderVisible = async () => {
  updateVisibility();
  for (const [element, { isVisible }] of charts) if (isVisible) startRender(element);
  await Promise.all(ongoingRenders());
};

/** Draw every changed chart: before the page is printed. */
export const renderAll = async () => {
  for (const [element, { render }] of charts) if (render && hasWidth(element)) startRender(element);
  await Promise.all(ongoingRenders());
};

addEventListener("beforeprint", renderAll);
