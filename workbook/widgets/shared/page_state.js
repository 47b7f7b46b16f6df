// @ts-check
// The state of a served page (`data-workbook` of its body). A page of JupyterLab has none.

export const IS_SERVED_PAGE = Boolean(document.body.dataset.workbook);

/** What a served page says of its connection; empty on one that is connected, and in JupyterLab. */
export const brokenState = () => {
  const state = document.body.dataset.workbook;
  return state === "reconnecting" || state === "lost" ? state : "";
};

/** Whether a served page has yet to connect to its kernel. */
const isConnecting = () => document.body.hasAttribute("data-connecting");

/**
 * Set the page's state and tell all who follow it. During a break and before the first connection only
 * they learn it, and once the connection is lost nothing changes. JupyterLab's pages have no state, but
 * views are told there too.
 *
 * @param {"ready" | "busy"} state
 */
export const setPageState = (state) => {
  if (brokenState() === "lost") return;
  if (IS_SERVED_PAGE && !brokenState() && !isConnecting()) document.body.dataset.workbook = state;
  document.dispatchEvent(new CustomEvent("workbook:state", { detail: state }));
};

/**
 * Mark on a served page whether its figures are from before the visitor's last change.
 *
 * @param {boolean} isUnanswered
 */
export const markUnanswered = (isUnanswered) => {
  if (IS_SERVED_PAGE) document.body.toggleAttribute("data-unanswered", isUnanswered);
};
