// @ts-check
// A page that could not be opened because the server is full. It asks again by itself, with a question
// that costs the server nothing, and opens the page once there is room.

const RETRY_MS = 1000 * Number(document.body.dataset.retrySeconds ?? 5);
/** Visitors who came together do not ask again together. */
const SPREAD = 0.5;

const statusLine = document.querySelector("[role=status]");
if (statusLine) statusLine.textContent = "This page tries again by itself. You can leave it open.";

const hasRoom = async () => {
  try {
    const { ok } = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    return ok;
  } catch {
    return false; // the server does not answer: it may be there again later
  }
};

const retry = async () => {
  if (await hasRoom()) location.reload();
  else setTimeout(retry, RETRY_MS * (1 + SPREAD * Math.random()));
};

setTimeout(retry, RETRY_MS * (1 + SPREAD * Math.random()));
