// @ts-check
// Work that can wait until the browser has nothing else to do.

/** Milliseconds that work waits for idle time, at most. */
const IDLE_LIMIT_MS = 1000;

/**
 * Call back in idle time, or after a while on a machine that is never idle.
 *
 * @param {() => void} callback
 */
export const requestIdle = (callback) => {
  if ("requestIdleCallback" in globalThis)
    requestIdleCallback(callback, { timeout: IDLE_LIMIT_MS });
  else setTimeout(callback);
};
