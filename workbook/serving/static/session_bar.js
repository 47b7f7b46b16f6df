// @ts-check
// The bar at the top of the window. It says what has happened to the connection, wherever the reader
// is. It moves no focus: its two lines are read out when they change.

const RECONNECTING = "Reconnecting…";
const OLD_FIGURES = "The figures are from before your last change.";
const LOST =
  "Connection lost. The figures are those of the last answer. Reload this scenario to go on.";
const LOST_CHANGE =
  "Connection lost. Your last change was not calculated: the figures are from before it. Reload, then make it again.";

const bar = document.getElementById("workbook-bar");
const status = bar?.querySelector("[role=status]");
const alert = bar?.querySelector("[role=alert]");

/** Whether the visitor has made a change that has had no answer. */
const isUnanswered = () => document.body.hasAttribute("data-unanswered");

/** @param {string} text */
const writeStatus = (text) => {
  if (status && status.textContent !== text) status.textContent = text;
};

export const showReconnecting = () =>
  writeStatus(isUnanswered() ? `${RECONNECTING} ${OLD_FIGURES}` : RECONNECTING);

/** During a break, a change may follow that makes the figures old. */
export const updateReconnecting = () => {
  if (status?.textContent) showReconnecting();
};

export const hideReconnecting = () => writeStatus("");

export const showLost = () => {
  hideReconnecting();
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => location.reload());
  alert?.replaceChildren(isUnanswered() ? LOST_CHANGE : LOST, " ", reload);
};

/** What scrolls into view or stays in view is not to be behind the bar. */
const reserveHeight = () =>
  document.documentElement.style.setProperty("--wb-bar-height", `${bar?.offsetHeight ?? 0}px`);

if (bar) new ResizeObserver(reserveHeight).observe(bar);
