// @ts-check
// A page that could not be opened because the server is full. It asks again by itself, with a question
// that costs the server nothing, and opens the page once there is room.

const RETRY_MS = 1000 * Number(document.body.dataset.retrySeconds ?? 5);
/** Visitors who came at the same time do not ask again together. */
const SPREAD = 0.5;

const statusLine = document.querySelector("[role=status]");
if (statusLine) statusLine.textContent = "This page tries again by itself. You can leave it open.";

const FULL_STATUS = 503;

/** Whether the page can be opened, or the server has something else to say than that it is full. */
const hasOtherAnswer = async () => {
  try {
    const { status } = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    return status !== FULL_STATUS;
  } catch {
    return false; // the server does not answer: it may be there again later
  }
};

const retry = async () => {
  if (await hasOtherAnswer()) location.reload();
  else setTimeout(retry, RETRY_MS * (1 + SPREAD * Math.random()));
};

setTimeout(retry, RETRY_MS * (1 + SPREAD * Math.random()));
