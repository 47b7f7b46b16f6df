// @ts-check
// Requests to the kernel about saved scenarios. One at a time is under way, after the visitor's last
// change is answered.
import { formChannel, waitForAnswer } from "./shared/form_channel.js";
import { setPageState } from "./shared/page_state.js";
import { renderVisible } from "./shared/render_queue.js";
import { RepeatedRequest } from "./shared/repeated_request.js";

/**
 * @typedef {import("./types").SavedScenariosModel} SavedScenariosModel
 * @typedef {import("./types").ScenarioAnswer} ScenarioAnswer
 */

export class ScenarioRequests {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {SavedScenariosModel} model */
  constructor(model) {
    this.channel = formChannel(model.get("study_id"));
    /** @type {RepeatedRequest<ScenarioAnswer>} */
    this.requests = new RepeatedRequest(model);
  }

  /**
   * @param {Record<string, unknown>} request
   * @returns {Promise<ScenarioAnswer>}
   */
  send(request) {
    const answer = this.#last
      .then(() => waitForAnswer(this.channel))
      .then(() => this.requests.send(request));
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

  remove() {
    this.requests.remove();
  }
}
