// @ts-check
// Files that a reader downloads from a widget.
import { createElement } from "./dom.js";

const REVOKE_DELAY_MS = 1000;

/**
 * @param {string} url
 * @param {string} fileName
 */
export const downloadUrl = (url, fileName) =>
  createElement("a", { href: url, download: fileName }).click();

/**
 * @param {Blob} blob
 * @param {string} fileName
 */
export const downloadBlob = (blob, fileName) => {
  const url = URL.createObjectURL(blob);
  downloadUrl(url, fileName);
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_DELAY_MS);
};

/**
 * @param {string} text
 * @param {string} type - Media type.
 * @param {string} fileName
 */
export const downloadText = (text, type, fileName) =>
  downloadBlob(new Blob([text], { type }), fileName);

/**
 * A cell as CSV. Text that a spreadsheet would run as a formula is escaped; numbers are not.
 *
 * @param {import("../types").Cell} cell
 */
const csvField = (cell) => {
  if (cell === null) return "";
  const text = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * A table's raw cells as CSV, with a header row.
 *
 * @param {import("../types").TableContent} content
 */
export const toCsv = ({ columns, rows }) => {
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines.map((cells) => `${cells.map(csvField).join(",")}\r\n`).join("");
};
