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
 * Write a text into an element. A line never ends between a minus sign and its amount, which would
 * look positive at the start of the next.
 *
 * @template {HTMLElement} Element
 * @param {Element} element
 * @param {string} text
 * @returns {Element}
 */
export const writeProse = (element, text) => {
  const parts = text
    .split(/(−£\S+)/)
    .map((part, index) =>
      index % 2 ? createElement("span", { className: "wb-amount", textContent: part }) : part,
    );
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
 * A region that scrolls sideways, also by keyboard.
 *
 * @param {HTMLElement} content
 * @param {string} label
 */
export const createScrollRegion = (content, label) => {
  const region = createElement(
    "div",
    { className: "wb-scroll", tabIndex: 0, ariaLabel: label },
    content,
  );
  region.setAttribute("role", "region");
  return region;
};

/**
 * Keep a list up to date with the model's notes, and hide it while there are none.
 *
 * @param {import("../types").NotesModel} model
 * @param {HTMLUListElement} list
 */
export const bindNotes = (model, list) => {
  const updateNotes = () => {
    const items = model.get("notes").map((note) => writeProse(createElement("li"), note));
    list.replaceChildren(...items);
    list.hidden = !items.length;
  };
  model.on("change:notes", updateNotes);
  updateNotes();
};
