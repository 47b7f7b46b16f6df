// @ts-check
// The socket to the kernel. It reconnects after a break, until the kernel or the server is gone.
// Protocol: Jupyter's messages as JSON over /api/kernels/ID/channels.
import { markBroken, markLost, pageState } from "./page_state.js";
import { Patience } from "./patience.js";

const RECONNECT_DELAY_MS = 500;
const LONGEST_RECONNECT_DELAY_MS = 2500;
/** Milliseconds between two checks that the kernel is alive. */
const HEALTH_CHECK_MS = 5000;
/** Milliseconds until a check without an answer counts as a break. */
const HEALTH_TIMEOUT_MS = 15000;
/** Milliseconds between two looks at how long the server has been silent. */
const PATIENCE_CHECK_MS = 1000;
const PROTOCOL_VERSION = "5.3";

export const uniqueId = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const SESSION_ID = uniqueId();

/** @param {number} milliseconds */
const wait = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/**
 * @typedef {(type: string, content: any, parentId: string | undefined) => void} MessageHandler
 */

export class KernelConnection {
  /**
   * The socket in use; none during a break.
   *
   * @type {WebSocket | null}
   */
  #socket = null;
  /**
   * Messages from before the first connection; null since.
   *
   * @type {string[] | null}
   */
  #unsent = [];
  #failures = 0;
  #patience = new Patience();

  /**
   * @param {string} kernelUrl - The kernel's address under /api/kernels.
   * @param {MessageHandler} onMessage
   * @param {(isFirst: boolean) => void} onOpen - Called each time that the socket opens.
   */
  constructor(kernelUrl, onMessage, onOpen) {
    this.kernelUrl = kernelUrl;
    this.onMessage = onMessage;
    this.onOpen = onOpen;
  }

  /** Connect, and watch the connection from then on. */
  start() {
    this.#connect();
    setInterval(() => this.#checkHealth(), HEALTH_CHECK_MS);
    setInterval(() => {
      if (this.#patience.isExhausted()) markLost();
    }, PATIENCE_CHECK_MS);
    addEventListener("offline", () => this.#interrupt());
  }

  #connect() {
    const url = new URL(`${this.kernelUrl}/channels?session_id=${SESSION_ID}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => {
      if (socket === this.#socket) this.#handleOpen();
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#reconnect();
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#handleData(data);
    };
  }

  #handleOpen() {
    this.#failures = 0;
    this.#patience.renew();
    const unsent = this.#unsent;
    this.#unsent = null;
    for (const message of unsent ?? []) this.#socket?.send(message);
    this.onOpen(unsent !== null);
  }

  /** @param {unknown} data */
  #handleData(data) {
    this.#patience.renew();
    if (typeof data !== "string") return; // binary buffers, which our widgets do not use
    if (pageState() === "lost") return; // the visitor has been told that nothing updates any more
    const { header, content, parent_header: parent } = JSON.parse(data);
    this.onMessage(header.msg_type, content, parent?.msg_id);
  }

  /** Give up a socket that may be dead without knowing it, and reconnect. */
  #interrupt() {
    const socket = this.#socket;
    if (!socket) return; // the page is reconnecting already
    this.#reconnect();
    socket.close();
  }

  /** Connect once the server answers. */
  async #reconnect() {
    this.#socket = null;
    markBroken();
    /** @type {boolean | null} */
    let isAlive = null;
    while (isAlive === null && pageState() !== "lost") {
      this.#failures += 1;
      await wait(Math.min(RECONNECT_DELAY_MS * this.#failures, LONGEST_RECONNECT_DELAY_MS));
      isAlive = await this.isKernelAlive();
    }
    if (isAlive === false) markLost();
    if (pageState() !== "lost") this.#connect();
  }

  /** An answer shows that the server is there, though only an open socket is of use. */
  async #checkHealth() {
    const socket = this.#socket;
    if (!socket || pageState() === "lost") return;
    const isAlive = await this.isKernelAlive();
    if (isAlive === false) markLost();
    if (socket !== this.#socket) return; // the answer is about an earlier connection
    if (isAlive && socket.readyState === WebSocket.OPEN) this.#patience.renew();
    // While a page starts, its first bytes may take all that a slow network can carry.
    if (isAlive === null && pageState() !== "starting") this.#interrupt();
  }

  /** Whether this visitor can use the kernel; null if the server does not answer. */
  async isKernelAlive() {
    try {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      const { status } = await fetch(this.kernelUrl, { cache: "no-store", signal });
      if (status >= 500) return null; // a proxy or a gateway whose server does not answer
      return ![403, 404].includes(status); // 403: the visit's cookie or sign-in is no longer valid
    } catch {
      return null;
    }
  }

  /**
   * Send a message. One from before the first connection waits for it. One sent during a break is
   * lost; WidgetModel.resynchronise repeats it.
   *
   * @param {string} type
   * @param {object} content
   * @param {object} [metadata]
   * @returns {string} The message's identifier.
   */
  send(type, content, metadata = {}) {
    const id = uniqueId();
    const header = {
      msg_id: id,
      msg_type: type,
      username: "",
      session: SESSION_ID,
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    const message = { channel: "shell", header, parent_header: {}, metadata, content, buffers: [] };
    if (this.#unsent) this.#unsent.push(JSON.stringify(message));
    else if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify(message));
    return id;
  }
}
