// @ts-check
// The two print forms of a served page: the summary on two sides of A4, and everything.
import { renderAll } from "./shared/render_queue.js";

/** @typedef {"summary" | "full"} PrintForm */

const LONGEST_FOOTER_LINK = 110;
/** A chart that is calculated for longer is printed as it is, with the words that say so. */
const CALCULATION_LIMIT_MS = 60000;
const DAY_FORMAT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

/** Whether a chart is still being calculated, on a page that can still receive it. */
const isCalculating = () =>
  document.body.dataset.workbook !== "lost" &&
  document.querySelector('[data-chart] [aria-busy="true"]') !== null;

/**
 * Wait until no chart is being calculated, but not for ever.
 *
 * @returns {Promise<void>}
 */
const whenCalculated = () =>
  new Promise((resolve) => {
    const stopWaiting = () => {
      clearTimeout(timer);
      observer.disconnect();
      resolve();
    };
    const stopIfDone = () => {
      if (!isCalculating()) stopWaiting();
    };
    const timer = setTimeout(stopWaiting, CALCULATION_LIMIT_MS);
    const observer = new MutationObserver(stopIfDone);
    observer.observe(document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: ["aria-busy", "data-workbook"],
    });
    stopIfDone();
  });

/** The present day, as the record of what is printed gives it. */
export const formatPrintDay = () => DAY_FORMAT.format(new Date());

/** A page may stay open for days: the day in its record is the one on which it is printed. */
const writePrintDay = () => {
  for (const element of document.querySelectorAll(".wb-print-day")) {
    element.textContent = formatPrintDay();
  }
};

/**
 * Lay the page out for print, with every chart that the form needs.
 *
 * @param {PrintForm} form
 */
export const preparePrint = async (form) => {
  document.body.dataset.print = form;
  writePrintDay();
  if (form === "full") await whenCalculated();
  await renderAll();
};

/** @param {PrintForm} form */
export const printPage = async (form) => {
  await preparePrint(form);
  print();
};

/** A text as a string of CSS. */
const toCssString = (/** @type {string} */ text) => JSON.stringify(text.replace(/\s+/g, " "));

/**
 * Set what stands at the top and the bottom of each printed page.
 *
 * @param {{ topic: string, scenario: string, link: string }} texts
 */
export const setPrintMargins = ({ topic, scenario, link }) => {
  const isLong = link.length > LONGEST_FOOTER_LINK;
  const footerLink = isLong ? `${link.slice(0, LONGEST_FOOTER_LINK)}…` : link;
  const { style } = document.documentElement;
  style.setProperty("--wb-print-topic", toCssString(topic));
  style.setProperty("--wb-print-scenario", toCssString(scenario));
  style.setProperty("--wb-print-link", toCssString(footerLink));
};

/** After printing, the page's own print is of everything again. */
export const restoreAfterPrint = () => {
  delete document.body.dataset.print;
};

addEventListener("beforeprint", writePrintDay);
globalThis.workbookPreparePrint = preparePrint; // for the server, which prints the page to PDF
