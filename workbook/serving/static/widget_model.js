// @ts-check
// A widget's model, with the interface that anywidget modules expect.

/**
 * @typedef {Record<string, any>} State
 * @typedef {(value?: any) => void} Listener
 * @typedef {{ method: string, state?: State, content?: unknown }} WidgetMessage
 */

/**
 * Only one update is on its way to the kernel at a time. Later changes are combined in the next
 * update, so that rapid changes never queue up.
 */
export class WidgetModel {
  #sendToKernel;
  #state;
  /** @type {Set<string>} */
  #unsentNames = new Set();
  /** @type {string[]} */
  #sentNames = [];
  /** @type {string | null} */
  #pendingMessage = null;
  /** @type {Map<string, Listener[]>} */
  #listeners = new Map();

  /**
   * @param {(data: object) => string} sendToKernel - Sends data and returns the message's identifier.
   * @param {State} initialState
   */
  constructor(sendToKernel, initialState) {
    this.#sendToKernel = sendToKernel;
    this.#state = initialState;
  }

  /** @param {string} name */
  get(name) {
    return this.#state[name];
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  set(name, value) {
    this.#state[name] = value;
    this.#unsentNames.add(name);
    this.#emit(`change:${name}`, value);
  }

  save_changes() {
    if (this.#pendingMessage || !this.#unsentNames.size) return;
    this.#sentNames = [...this.#unsentNames];
    this.#unsentNames.clear();
    const state = Object.fromEntries(this.#sentNames.map((name) => [name, this.#state[name]]));
    this.#pendingMessage = this.#sendToKernel({ method: "update", state, buffer_paths: [] });
  }

  /** @param {unknown} content */
  send(content) {
    this.#sendToKernel({ method: "custom", content });
  }

  /**
   * @param {string} event
   * @param {Listener} listener
   */
  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  /**
   * @param {string} event
   * @param {Listener} [listener] - If none is given, every listener is removed.
   */
  off(event, listener) {
    const others = (this.#listeners.get(event) ?? []).filter((other) => other !== listener);
    this.#listeners.set(event, listener ? others : []);
  }

  /**
   * Handle a message from the kernel to this widget. A change that is not sent yet is newer.
   *
   * @param {WidgetMessage} message
   */
  handleMessage({ method, state = {}, content }) {
    if (method === "custom") this.#emit("msg:custom", content);
    if (method !== "update") return;
    const entries = Object.entries(state).filter(([name]) => !this.#unsentNames.has(name));
    Object.assign(this.#state, Object.fromEntries(entries));
    for (const [name, value] of entries) this.#emit(`change:${name}`, value);
  }

  /**
   * Send the next update when the kernel has finished the last one.
   *
   * @param {string | undefined} messageId - The message that the kernel has finished.
   */
  handleIdle(messageId) {
    if (!this.#pendingMessage || messageId !== this.#pendingMessage) return;
    this.#pendingMessage = null;
    this.save_changes();
  }

  /**
   * After a break, accept the kernel's state and repeat changes that it may not have received.
   *
   * @param {State} kernelState
   */
  resynchronise(kernelState) {
    if (this.#pendingMessage) for (const name of this.#sentNames) this.#unsentNames.add(name);
    this.#pendingMessage = null;
    this.handleMessage({ method: "update", state: kernelState });
    this.save_changes();
  }

  /**
   * @param {string} event
   * @param {unknown} value
   */
  #emit(event, value) {
    for (const listener of this.#listeners.get(event) ?? []) listener(value);
  }
}
