// @ts-check
// The clipboard, also on a page without a secure connection.
import { createElement } from "./dom.js";

/** @param {string} text */
const copyFromTextArea = (text) => {
  const focused = document.activeElement;
  const area = createElement("textarea", { value: text, className: "wb-clipboard" });
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
};

/**
 * @param {string} text
 * @returns {Promise<boolean>} Whether the text is on the clipboard.
 */
export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromTextArea(text); // the clipboard interface needs a secure connection
  }
};
