// What several widgets use; it stands in front of each one's own module.
const made = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};

const unique = (name) => `wb-${name}-${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;

const button = (text, act, label = text) => {
  const pressed = made("button", { type: "button", className: "wb-button", textContent: text, ariaLabel: label });
  pressed.addEventListener("click", act);
  return pressed;
};

const live = (className, role = "status") => {
  const region = made("p", { className });
  region.setAttribute("role", role);
  return region;
};

// A list of what must be known, as the model has it now.
const follow = (model, list) => {
  const show = () => {
    list.replaceChildren(...model.get("notes").map((textContent) => made("li", { textContent })));
    list.hidden = !list.children.length;
  };
  model.on("change:notes", show);
  show();
};

// Our own page says in what state it is; JupyterLab's does not, and is left alone.
const OURS = Boolean(document.body.dataset.workbook);
const page = (state) => {
  if (OURS && document.body.dataset.workbook !== "lost") document.body.dataset.workbook = state;
};

// Charts that are being painted: the page is ready when they are done.
const painting = (globalThis.workbookPainting ??= new Set());
const painted = () => Promise.all(painting);

const save = (href, name) => made("a", { href, download: name }).click();
const saveText = (text, type, name) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};

// A text that a spreadsheet would run as a formula is disarmed; numbers stay numbers.
const field = (cell) => {
  if (cell === null) return "";
  const text = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = ({ columns, rows }) =>
  [columns.map(({ name }) => name), ...rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";

// A date, or another short word, is not broken at its hyphens.
const WHOLE = /^\S{1,10}$/;
const tableRow = (texts, row) =>
  made("tr", {}, ...texts.map((text, c) => c === 0
    ? made("th", { scope: "row", textContent: text })
    : made("td", { textContent: text, className: typeof row[c] === "number" ? "wb-number" : WHOLE.test(text) ? "wb-whole" : "" })));

const fillTable = (table, { title, columns, rows, texts }) => table.replaceChildren(
  made("caption", { textContent: title }),
  made("thead", {}, made("tr", {}, ...columns.map(({ label }) => made("th", { scope: "col", textContent: label })))),
  made("tbody", {}, ...texts.map((row, r) => tableRow(row, rows[r]))),
);

const scrolling = (content, label) => {
  const region = made("div", { className: "wb-scroll", tabIndex: 0, ariaLabel: label }, content);
  region.setAttribute("role", "region");
  return region;
};
