// Draws charts with the widget's own module, and reads where their texts stand. The page has Vega.

const TOLERANCE = 2;
/** Height that two lines of text may share: a line's box is higher than its letters. */
const SHARED_HEIGHT = 3;
const drawnCharts = new Map();

/** A model with the interface of anywidget, without a kernel. */
const createModel = (state) => {
  const listeners = new Map();
  const on = (event, listener) =>
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
  const update = (values) => {
    Object.assign(state, values);
    for (const name of Object.keys(values)) {
      for (const listener of listeners.get(`change:${name}`) ?? []) listener();
    }
  };
  return { get: (name) => state[name], on, update };
};

window.startDrawing = async (source) => {
  window.workbookVega = Promise.resolve(window.vegaEmbed);
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  window.chartWidget = (await import(url)).default;
};

const drawChart = async (width, name, state) => {
  const drawn = drawnCharts.get(name);
  if (drawn?.width === width) {
    drawn.count += 1;
    drawn.model.update({ ...state, render_count: drawn.count });
    return;
  }
  drawn?.element.remove();
  const element = document.createElement("div");
  element.style.width = `${width}px`;
  document.body.append(element);
  const model = createModel({ study_id: "", ...state });
  drawnCharts.set(name, { model, element, width, count: state.render_count });
  await window.chartWidget.render({ model, el: element });
};

const nextFrame = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Wait until every chart is drawn, those out of sight too. */
const waitForDrawings = async () => {
  for (const chart of window.workbookCharts.values()) {
    while (chart.render || chart.ongoing) await (chart.ongoing ?? nextFrame());
  }
};

const readTexts = (svg) =>
  [...svg.querySelectorAll("text")]
    .filter((text) => text.textContent.trim() && !text.closest("[opacity='0']"))
    .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));

const overlapOf = (one, other) => ({
  width: Math.min(one.right, other.right) - Math.max(one.left, other.left),
  height: Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
});

/** A text and its halo stand in the same place. */
const isSame = (one, other) =>
  one.text === other.text &&
  Math.abs(one.box.left - other.box.left) < 1 &&
  Math.abs(one.box.top - other.box.top) < 1;

const findFaults = (svg) => {
  const frame = svg.getBoundingClientRect();
  const texts = readTexts(svg);
  const faults = new Set();
  texts.forEach((one, index) => {
    const { box, text } = one;
    const beyond = Math.max(
      frame.left - box.left,
      box.right - frame.right,
      frame.top - box.top,
      box.bottom - frame.bottom,
    );
    if (beyond > TOLERANCE) faults.add(`${Math.round(beyond)} pixels outside: ${text}`);
    if (text.includes("…")) faults.add(`cut off: ${text}`);
    for (const other of texts.slice(index + 1)) {
      const { width, height } = overlapOf(box, other.box);
      if (width > TOLERANCE && height > SHARED_HEIGHT && !isSame(one, other)) {
        faults.add(`${Math.round(width)} pixels overlap: ${text} | ${other.text}`);
      }
    }
  });
  return [...faults];
};

/** Draw charts at a width in place of those before, and find the faults of each. */
window.drawCharts = async (width, charts) => {
  for (const [name, { element }] of drawnCharts) {
    if (name in charts) continue;
    element.remove();
    drawnCharts.delete(name);
  }
  for (const [name, state] of Object.entries(charts)) await drawChart(width, name, state);
  await waitForDrawings();
  const faults = {};
  for (const [name, { element }] of drawnCharts) {
    const svg = element.querySelector(".wb-vega:not([hidden]) svg");
    faults[name] = svg ? findFaults(svg) : [];
    const isDrawn = Boolean(svg) !== charts[name].is_empty;
    if (!isDrawn) faults[name].push("neither drawn nor explained");
    if (element.scrollWidth > width) faults[name].push(`${element.scrollWidth} pixels wide`);
  }
  return faults;
};
