// @ts-check
// The state of a served page (`data-workbook` of its body). A page of JupyterLab has none.

export const IS_SERVED_PAGE = Boolean(document.body.dataset.workbook);

/**
 * Set the page's state, unless its connection is lost.
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
 * Track the render of a chart until it ends.
 *
 * @param {Promise<void>} render
 */
export const trackRender = (render) => {
  pendingRenders.add(render);
  render.finally(() => pendingRenders.delete(render));
};

/** Wait until no chart is being rendered. */
export const allRendered = () => Promise.all(pendingRenders);
