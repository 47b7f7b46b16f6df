// @ts-check
// The page's state (`data-workbook` of its body), and what a visitor sees of the connection.
import { hideReconnecting, showLost, showReconnecting, updateReconnecting } from "./session_bar.js";

/** Milliseconds of a break until the bar says so. Most are over before. */
const BAR_DELAY_MS = 1000;
/** What a visitor changes the scenario with. */
const CONTROLS =
  ":is(.wb-form, .wb-request) :is(input, select, textarea, button), .wb-chips button";

/**
 * @typedef {"starting" | "ready" | "busy" | "reconnecting" | "lost"} PageState
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement} Control
 */

/**
 * What the widgets say of the page, also during a break.
 *
 * @type {PageState}
 */
let widgetState = "starting";
let barTimer = 0;
let isBroken = false;

export const pageState = () => /** @type {PageState} */ (document.body.dataset.workbook);

/** @param {PageState} state */
const setPageState = (state) => {
  document.body.dataset.workbook = state;
  document.dispatchEvent(new CustomEvent("workbook:state", { detail: state }));
};

/** The connection is broken. A page that is starting goes on starting. */
export const markBroken = () => {
  if (isBroken || pageState() === "lost") return;
  isBroken = true;
  barTimer = setTimeout(showReconnecting, BAR_DELAY_MS);
  if (pageState() !== "starting") setPageState("reconnecting");
};

/** The page is connected, for the first time or again: its state is what the widgets said last. */
export const markConnected = () => {
  isBroken = false;
  clearTimeout(barTimer);
  hideReconnecting();
  document.body.removeAttribute("data-connecting");
  if (pageState() !== "lost" && pageState() !== widgetState) setPageState(widgetState);
};

/** Nothing that a visitor changes now would have an answer. */
export const disableControls = () => {
  /** @type {NodeListOf<Control>} */
  const controls = document.querySelectorAll(CONTROLS);
  for (const control of controls) control.disabled = true;
};

/** The connection is lost for good. */
export const markLost = () => {
  if (pageState() === "lost") return;
  clearTimeout(barTimer);
  showLost();
  disableControls();
  setPageState("lost");
};

document.addEventListener("workbook:state", (event) => {
  const { detail: state } = /** @type {CustomEvent<PageState>} */ (event);
  if (state === "ready" || state === "busy") widgetState = state;
  if (isBroken) updateReconnecting();
});
