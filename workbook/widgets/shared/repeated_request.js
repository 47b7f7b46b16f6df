// @ts-check
// Requests to the kernel that are sent again until they are answered, as messages are lost while the
// connection is broken. The kernel's answer names its request.
import { uniqueId } from "./dom.js";

const RETRY_MS = 5000;

/**
 * The requests of a widget. One at a time is under way: a new one takes the place of the one before,
 * whose promise is never settled.
 *
 * @template {{ id: string }} Answer
 */
export class RepeatedRequest {
  /** The answer that is awaited. @type {{ id: string, resolve: (answer: Answer) => void } | null} */
  #awaited = null;
  #retryTimer = 0;

  /** @param {Pick<import("@anywidget/types").AnyModel, "on" | "send">} model */
  constructor(model) {
    this.model = model;
    model.on("msg:custom", (/** @type {Answer} */ answer) => this.#receive(answer));
  }

  /**
   * @param {Record<string, unknown>} request
   * @returns {Promise<Answer>}
   */
  send(request) {
    this.remove();
    const id = uniqueId("request");
    const send = () => this.model.send({ ...request, id });
    this.#retryTimer = setInterval(send, RETRY_MS);
    send();
    return new Promise((resolve) => {
      this.#awaited = { id, resolve };
    });
  }

  /** @param {Answer} answer */
  #receive(answer) {
    if (!this.#awaited || answer.id !== this.#awaited.id) return;
    const { resolve } = this.#awaited;
    this.remove();
    resolve(answer);
  }

  /** Send the request no more. */
  remove() {
    this.#awaited = null;
    clearInterval(this.#retryTimer);
  }
}
