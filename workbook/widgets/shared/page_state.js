// @ts-check
// The state of our own page (`data-workbook` of its body). JupyterLab's page has none.

export const IS_SERVED_PAGE = Boolean(document.body.dataset.workbook);

/**
 * Set the page's state, unless its connection is lost for good.
 *
 * @param {"ready" | "busy"} state
 */
export const setPageState = (state) => {
  if (IS_SERVED_PAGE && document.body.dataset.workbook !== "lost") {
    document.body.dataset.workbook = state;
  }
};

globalThis.workbookPendingRenders ??= new Set();
const pendingRenders = globalThis.workbookPendingRenders;

/**
 * Count a chart's render as unfinished until it ends.
 *
 * @param {Promise<void>} render
 */
export const trackRender = (render) => {
  pendingRenders.add(render);
  render.finally(() => pendingRenders.delete(render));
};

/** Wait until every chart that is being rendered is on the page. */
export const allRendered = () => Promise.all(pendingRenders);
