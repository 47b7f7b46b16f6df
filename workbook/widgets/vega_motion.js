// @ts-check
// Motion of a chart's marks: they glide from their old place to the new one, and the axes stay still
// while a hand moves one input, so that the change can be seen.

/** @typedef {import("./types").VegaView} VegaView */

const GLIDE_MS = 200;
/** Milliseconds without an edit in an input until the axes may move again. */
const HOLD_MS = 800;
const HELD_PREFIX = "held_domain_";
const SHAPES = ":scope > path, :scope > text, :scope > line";
const TRANSLATION = /^translate\(([^,]+),([^)]+)\)$/;

/**
 * The domain of an axis as one expression. Vega itself would find an extent for each of its data,
 * and warn about those that are empty at present.
 *
 * @param {import("./types").VegaScale["domain"]} domain
 */
const toSharedDomain = (domain) => {
  const parts = domain?.fields ?? (domain?.field ? [domain] : []);
  const ends = parts.flatMap((part) => {
    if (Array.isArray(part)) return part.map((value) => JSON.stringify(value));
    const {
      data = domain?.data,
      field,
      signal,
    } = typeof part === "string" ? { field: part } : part;
    const extent = `extent(${signal ?? `pluck(data("${data}"), "${field}")`})`;
    return [`${extent}[0]`, `${extent}[1]`];
  });
  return ends.length ? { signal: `extent([${ends.join(", ")}])` } : domain;
};

/**
 * Let the linear axes of a compiled chart be held still: a signal, null otherwise, is their domain.
 *
 * @param {import("./types").VegaSpec} vegaSpec
 */
export const makeAxesHoldable = (vegaSpec) => {
  const holdable = (vegaSpec.scales ?? []).filter(
    ({ name, type, domain }) =>
      ["x", "y"].includes(name) && type === "linear" && !Array.isArray(domain),
  );
  /** @param {import("./types").VegaScale} scale */
  const makeHoldable = (scale) => ({
    ...scale,
    domain: toSharedDomain(scale.domain),
    domainRaw: { signal: HELD_PREFIX + scale.name },
  });
  const signals = holdable.map(({ name }) => ({ name: HELD_PREFIX + name, value: null }));
  return {
    ...vegaSpec,
    signals: [...(vegaSpec.signals ?? []), ...signals],
    scales: vegaSpec.scales?.map((scale) =>
      holdable.includes(scale) ? makeHoldable(scale) : scale,
    ),
  };
};

/** The input that a hand moves at present, if any, and what follows when it stops. */
const hand = {
  /** @type {Element | null} */
  field: null,
  isDown: false,
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer: undefined,
  /** @type {Set<() => void>} */
  listeners: new Set(),
};

const endMove = () => {
  if (hand.isDown) return;
  hand.field = null;
  for (const listener of hand.listeners) listener();
};

const restartTimer = () => {
  clearTimeout(hand.timer);
  hand.timer = setTimeout(endMove, HOLD_MS);
};

/** @param {Event} event */
const followHand = ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.closest(".wb-form")) return;
  if (!["range", "number", "text"].includes(target.type)) return;
  hand.field = target.closest(".wb-field") ?? target;
  restartTimer();
};

addEventListener("input", followHand, { capture: true });
addEventListener("pointerdown", ({ target }) => {
  hand.isDown = target instanceof HTMLInputElement && target.type === "range";
});
for (const name of ["pointerup", "pointercancel"]) {
  addEventListener(name, () => {
    hand.isDown = false;
    if (hand.field) restartTimer();
  });
}

/** The axes of one chart. */
export class HeldAxes {
  /** @type {Element | null} */
  field = null;

  /** @param {VegaView} view */
  constructor(view) {
    this.view = view;
    const { signals } = view.getState({ data: () => false, signals: () => true });
    this.names = Object.keys(signals)
      .filter((name) => name.startsWith(HELD_PREFIX))
      .map((name) => name.slice(HELD_PREFIX.length));
    this.release = () => {
      if (this.field) this.run();
    };
    hand.listeners.add(this.release);
  }

  /** Run the view with its new data. While a hand moves an input, an axis may grow but not shrink. */
  async run() {
    const before = hand.field && this.#readDomains();
    for (const name of this.names) this.view.signal(HELD_PREFIX + name, null);
    await this.view.runAsync();
    this.field = hand.field;
    if (before && this.field && this.#hold(before)) await this.view.runAsync();
  }

  /**
   * Hold the axes at their earlier domains, extended to the new data.
   *
   * @param {Record<string, number[]>} before
   * @returns Whether any axis is held.
   */
  #hold(before) {
    const natural = this.#readDomains();
    const held = this.names.flatMap((name) => {
      const [low, high] = natural[name];
      const domain = [Math.min(low, before[name][0]), Math.max(high, before[name][1])];
      const isWider = domain[0] < low || domain[1] > high;
      return isWider && domain.every(Number.isFinite) ? [{ name, domain }] : [];
    });
    for (const { name, domain } of held) this.view.signal(HELD_PREFIX + name, domain);
    return held.length > 0;
  }

  /** @returns {Record<string, number[]>} */
  #readDomains() {
    return Object.fromEntries(this.names.map((name) => [name, this.view.scale(name).domain()]));
  }

  remove() {
    hand.listeners.delete(this.release);
  }
}

/** @param {Element} shape */
const readPlace = (shape) => ({
  transform: shape.getAttribute("transform") ?? "",
  d: shape.getAttribute("d") ?? "",
});

/**
 * The shapes of a drawing in order, by group of marks, with the place of each.
 *
 * @param {HTMLElement} container
 */
export const readPlaces = (container) =>
  [...container.querySelectorAll("[class^=mark-]")].map((group) =>
    [...group.querySelectorAll(SHAPES)].map((shape) => ({ shape, place: readPlace(shape) })),
  );

/**
 * Keyframes from an old value of an attribute to the new one; none if it cannot be interpolated.
 *
 * @param {"transform" | "d"} name
 * @param {string} before
 * @param {string} after
 */
const toKeyframes = (name, before, after) => {
  if (before === after || !before || !after) return [];
  if (name === "d") {
    const commands = (/** @type {string} */ path) => path.replace(/[-\d.e,\s]+/g, " ");
    if (commands(before) !== commands(after) || !CSS.supports("d", 'path("M0,0")')) return [];
    return [before, after].map((path) => ({ d: `path("${path}")` }));
  }
  const places = [before, after].map((transform) => transform.match(TRANSLATION));
  return places.every(Boolean)
    ? places.map((place) => ({ transform: `translate(${place?.[1]}px, ${place?.[2]}px)` }))
    : [];
};

/**
 * Let shapes glide from earlier places to their present ones. The drawing is the new one at once;
 * only what is seen lags behind, and not for those who prefer reduced motion.
 *
 * @param {HTMLElement} container
 * @param {ReturnType<typeof readPlaces>} earlier
 */
export const glideFrom = (container, earlier) => {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const present = readPlaces(container);
  if (present.length !== earlier.length) return;
  present.forEach((shapes, group) => {
    if (shapes.length !== earlier[group].length) return;
    shapes.forEach(({ shape, place }, index) => {
      const before = earlier[group][index].place;
      for (const name of /** @type {const} */ (["transform", "d"])) {
        const keyframes = toKeyframes(name, before[name], place[name]);
        if (keyframes.length) shape.animate(keyframes, { duration: GLIDE_MS, easing: "ease-out" });
      }
    });
  });
};
