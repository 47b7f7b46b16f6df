// @ts-check
// Requests to the kernel about saved scenarios. One at a time is under way. It is sent again until it
// is answered, as messages are lost while the connection is broken.
import { uniqueId } from "./shared/dom.js";
import { formChannel, waitForAnswer } from "./shared/form_channel.js";
import { setPageState } from "./shared/page_state.js";
import { renderVisible } from "./shared/render_queue.js";

const RETRY_MS = 5000;

/**
 * @typedef {import("./types").SavedScenariosModel} SavedScenariosModel
 * @typedef {import("./types").ScenarioAnswer} ScenarioAnswer
 */

export class ScenarioRequests {
  /** The answer that is awaited. @type {{ id: string, resolve: (answer: ScenarioAnswer) => void } | null} */
  #awaited = null;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  #retryTimer = 0;

  /** @param {SavedScenariosModel} model */
  constructor(model) {
    this.model = model;
    this.channel = formChannel(model.get("study_id"));
    model.on("msg:custom", (answer) => this.#receive(answer));
  }

  /**
   * @param {Record<string, unknown>} request
   * @returns {Promise<ScenarioAnswer>}
   */
  send(request) {
    const answer = this.#last
      .then(() => waitForAnswer(this.channel))
      .then(() => this.#sendNow(request));
    this.#last = answer;
    return answer;
  }

  /**
   * Send a request that opens a scenario: the page is busy until its figures are shown.
   *
   * @param {Record<string, unknown>} request
   */
  async open(request) {
    const { channel } = this;
    await waitForAnswer(channel);
    channel.isRestoring = false; // the answer belongs to a new step
    channel.startWaiting();
    setPageState("busy");
    const answer = await this.send(request);
    if (channel.history.hasUnansweredChange()) return answer; // the form ends the waiting
    channel.stopWaiting();
    await renderVisible();
    if (!channel.history.hasUnansweredChange()) setPageState("ready");
    return answer;
  }

  /**
   * @param {Record<string, unknown>} request
   * @returns {Promise<ScenarioAnswer>}
   */
  #sendNow(request) {
    const id = uniqueId("request");
    const send = () => this.model.send({ ...request, id });
    this.#retryTimer = setInterval(send, RETRY_MS);
    send();
    return new Promise((resolve) => {
      this.#awaited = { id, resolve };
    });
  }

  /** @param {ScenarioAnswer} answer */
  #receive(answer) {
    if (!this.#awaited || answer.id !== this.#awaited.id) return;
    const { resolve } = this.#awaited;
    this.#awaited = null;
    clearInterval(this.#retryTimer);
    resolve(answer);
  }

  remove() {
    clearInterval(this.#retryTimer);
  }
}
