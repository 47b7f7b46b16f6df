// @ts-check
// The socket to the kernel. It reconnects after a break.
// Protocol: Jupyter's messages as JSON over /api/kernels/ID/channels.
import { markLost, pageState, setPageState } from "./page_state.js";

const MAX_RECONNECTS = 5;
const RECONNECT_DELAY_MS = 500;
const PROTOCOL_VERSION = "5.3";

export const uniqueId = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const SESSION_ID = uniqueId();

/**
 * @typedef {(type: string, content: any, parentId: string | undefined) => void} MessageHandler
 * @typedef {import("./page_state.js").PageState} PageState
 */

export class KernelConnection {
  /** @type {WebSocket | null} */
  #socket = null;
  #failures = 0;
  /** @type {PageState | null} */
  #stateBefore = null;

  /**
   * @param {string} kernelUrl - The kernel's address under /api/kernels.
   * @param {MessageHandler} onMessage
   * @param {() => void} onOpen - Called each time that the socket opens.
   */
  constructor(kernelUrl, onMessage, onOpen) {
    this.kernelUrl = kernelUrl;
    this.onMessage = onMessage;
    this.onOpen = onOpen;
  }

  connect() {
    const url = new URL(`${this.kernelUrl}/channels?session_id=${SESSION_ID}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => {
      this.#failures = 0;
      this.onOpen();
    };
    this.#socket.onclose = () => this.#reconnect();
    this.#socket.onmessage = ({ data }) => {
      if (typeof data !== "string") return; // binary buffers, which our widgets do not use
      const { header, content, parent_header: parent } = JSON.parse(data);
      this.onMessage(header.msg_type, content, parent?.msg_id);
    };
  }

  async #reconnect() {
    if (pageState() === "lost") return;
    this.#failures += 1;
    if (this.#failures > MAX_RECONNECTS || (await this.isKernelAlive()) === false) {
      markLost();
      return;
    }
    if (pageState() !== "starting") {
      this.#stateBefore ??= pageState();
      setPageState("reconnecting");
    }
    const delay = RECONNECT_DELAY_MS * this.#failures;
    await new Promise((resolve) => {
      setTimeout(resolve, delay);
    });
    this.connect();
  }

  /** Restore the state from before the break, unless the visitor changed something since. */
  restoreState() {
    if (this.#stateBefore && pageState() === "reconnecting") setPageState(this.#stateBefore);
    this.#stateBefore = null;
  }

  /** Whether the kernel is alive; null if the server does not answer. */
  async isKernelAlive() {
    try {
      return (await fetch(this.kernelUrl, { cache: "no-store" })).status !== 404;
    } catch {
      return null;
    }
  }

  /**
   * Send a message. One sent during a break is lost; WidgetModel.resynchronise repeats it.
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
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
    return id;
  }
}
