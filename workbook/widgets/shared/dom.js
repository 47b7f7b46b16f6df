// @ts-check
// Elements that several widgets build.

/**
 * Create an element with these properties and children.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const createElement = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/**
 * Class that marks a new element whose value has changed, briefly and calmly. Values that appear
 * while a page opens have not changed.
 *
 * @param {boolean} isChanged
 */
export const changedClass = (isChanged) =>
  isChanged && document.body.dataset.workbook !== "starting" ? "wb-changed" : "";

/** A figure in a sentence. */
const FIGURE = /([−£]*\d+(?:[.,]\d+)*%?)/;

/**
 * Write a text into an element. A line never ends between a minus sign and its amount, which would
 * look positive at the start of the next. Figures that the text before did not have are marked.
 *
 * @template {HTMLElement} Element
 * @param {Element} element
 * @param {string} text
 * @param {string} [previousText] - The text before, empty for the first.
 * @returns {Element}
 */
export const writeProse = (element, text, previousText = "") => {
  const previousFigures = previousText.split(FIGURE);
  const parts = text.split(FIGURE).map((part, index) => {
    const classes = [
      part.startsWith("−£") ? "wb-amount" : "",
      changedClass(Boolean(previousText) && !previousFigures.includes(part)),
    ].filter(Boolean);
    const isMarked = index % 2 && classes.length;
    return isMarked
      ? createElement("span", { className: classes.join(" "), textContent: part })
      : part;
  });
  element.replaceChildren(...parts);
  return element;
};

/**
 * A unique identifier for an element.
 *
 * @param {string} name
 */
export const uniqueId = (name) =>
  `wb-${name}-${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;

/**
 * @param {string} text
 * @param {() => void} onClick
 * @param {string} [label] - Accessible name, if the text alone is ambiguous.
 */
export const createButton = (text, onClick, label = text) => {
  const button = createElement("button", {
    type: "button",
    className: "wb-button",
    textContent: text,
    ariaLabel: label,
  });
  button.addEventListener("click", onClick);
  return button;
};

/**
 * A paragraph whose changes a screen reader announces.
 *
 * @param {string} className
 */
export const createLiveRegion = (className) => {
  const region = createElement("p", { className });
  region.setAttribute("role", "status");
  return region;
};

/**
 * A box that scrolls when its content does not fit. Only then it is a landmark and a tab stop.
 *
 * @param {HTMLElement} content
 * @param {string} label
 */
export const createScrollRegion = (content, label) => {
  const region = createElement("div", { className: "wb-scroll" }, content);
  region.dataset.label = label;
  const observer = new ResizeObserver(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = region;
    const overflows = scrollWidth > clientWidth || scrollHeight > clientHeight;
    if (overflows === region.hasAttribute("role")) return;
    if (overflows) {
      region.setAttribute("role", "region");
      region.ariaLabel = region.dataset.label ?? "";
      region.tabIndex = 0;
    } else {
      for (const name of ["role", "aria-label", "tabindex"]) region.removeAttribute(name);
    }
  });
  observer.observe(region);
  observer.observe(content);
  return region;
};
