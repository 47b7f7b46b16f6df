// @ts-check
// The bar at the top of the window. It says what has happened to the connection, wherever the reader
// is. It moves no focus: its two lines are read out when they change.

const RECONNECTING = "Reconnecting…";
const OLD_FIGURES = "The figures are from before your last change.";
const LOST =
  "Connection lost. The figures are those of the last answer. Reload this scenario to go on.";
const LOST_CHANGE =
  "Connection lost. Your last change was not calculated: the figures are from before it. Reload, then make it again.";

const NO_ANSWER = "The server does not answer yet. The page reloads as soon as it does.";
/** The health check of the server that has this script: it starts no kernel. */
const HEALTH_URL = new URL("../health", import.meta.url);
const ANSWER_TIMEOUT_MS = 5000;
/** Milliseconds between two questions to a server that does not answer. */
const RETRY_MS = 2000;

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

/** Whether the server answers. A proxy in front of it may answer in its place. */
const isServerThere = async () => {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const { ok, headers } = await fetch(HEALTH_URL, { cache: "no-store", signal });
    return ok || Boolean(headers.get("content-type")?.startsWith("text/plain"));
  } catch {
    return false;
  }
};

let isReloading = false;

/** Reload once the server answers, so that the scenario is not replaced by a browser's error. */
const reloadWhenAnswered = async () => {
  if (isReloading) return;
  isReloading = true;
  while (!(await isServerThere())) {
    writeStatus(NO_ANSWER);
    await new Promise((resolve) => {
      setTimeout(resolve, RETRY_MS);
    });
  }
  location.reload();
};

export const showLost = () => {
  hideReconnecting();
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", reloadWhenAnswered);
  alert?.replaceChildren(isUnanswered() ? LOST_CHANGE : LOST, " ", reload);
};

/** What scrolls into view or stays in view is not to be behind the bar. */
const reserveHeight = () =>
  document.documentElement.style.setProperty("--wb-bar-height", `${bar?.offsetHeight ?? 0}px`);

if (bar) new ResizeObserver(reserveHeight).observe(bar);
