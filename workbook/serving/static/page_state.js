// @ts-check
// The page's state (`data-workbook` of its body), and the banner shown when the connection is lost.

const LOST_MESSAGE =
  "Connection lost. The figures no longer update. Your scenario is kept in this page’s address.";

/** @typedef {"starting" | "ready" | "busy" | "reconnecting" | "lost"} PageState */

export const pageState = () => /** @type {PageState} */ (document.body.dataset.workbook);

/**
 * Set the page's state, unless its connection is lost.
 *
 * @param {PageState} state
 */
export const setPageState = (state) => {
  if (pageState() !== "lost") document.body.dataset.workbook = state;
};

/** @param {string} text */
const showBanner = (text) => {
  const banner = document.getElementById("workbook-banner");
  if (!banner) return;
  const reload = document.createElement("a");
  Object.assign(reload, { href: location.href, textContent: "Reload the page" });
  banner.replaceChildren(text, " ", reload);
  banner.hidden = false;
};

/** Mark the page's connection to its kernel as lost, and tell the visitor. */
export const markLost = () => {
  if (pageState() === "lost") return;
  setPageState("lost");
  showBanner(LOST_MESSAGE);
};
