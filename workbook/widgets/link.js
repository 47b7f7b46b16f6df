// @ts-check
// The link: on a served page, it keeps the scenario in the address bar. It opens the scenario in the
// address, at first and when the visitor goes back or forward, and shows no figures until the kernel
// has answered for the first time. In JupyterLab too, it records the steps of the visit.
import { addressFor, findPin, isSameScenario } from "./shared/address.js";
import { formChannel } from "./shared/form_channel.js";
import { IS_SERVED_PAGE, setPageState } from "./shared/page_state.js";
import { renderVisible } from "./shared/render_queue.js";

/** @typedef {import("./types").LinkModel} LinkModel */

/**
 * The present scenario, and what led to it.
 *
 * @param {LinkModel} model
 */
const presentStep = (model) => ({
  query: model.get("query"),
  label: model.get("step_label"),
  ...(IS_SERVED_PAGE && findPin() ? { pin: findPin() } : {}),
});

/** Where a tab keeps the steps of its visit, so that a reload does not lose them. */
const stepsKey = () => `workbook steps ${location.pathname}`;

/** @returns {import("./types").VisitStep[]} */
const readSteps = () => {
  try {
    return JSON.parse(sessionStorage.getItem(stepsKey()) ?? "[]");
  } catch {
    return [];
  }
};

/** The address bar of a served page, and the browser's history of the visitor's steps. */
class AddressBar {
  /** @param {LinkModel} model */
  constructor(model) {
    this.model = model;
    this.shownStep = model.get("step");
    this.channel = formChannel(model.get("study_id"));
    this.channel.history.openQuery = (query) => this.#openQuery(query);
    this.channel.history.addEventListener("change", () => this.#keepSteps());
  }

  /** Whether the kernel has yet to open the scenario in the address. */
  get #isRequested() {
    return !this.model.get("request_completed") || this.model.get("requested_query") !== null;
  }

  /** Whether the page shows the scenario in the address. */
  get #isOpen() {
    const isSame = isSameScenario(location.search, this.model.get("query"));
    return isSame && !this.#isRequested && !this.model.get("open_error");
  }

  /** Show the scenario's address: a new step as a new entry, which Back leaves again. */
  update() {
    if (this.#isRequested || this.model.get("open_error")) return;
    // The answer to an edit from before the visitor went back does not belong to this address.
    if (this.channel.isRestoring) {
      this.handleHistory();
      return;
    }
    const isNewStep = this.model.get("step") !== this.shownStep;
    this.#writeAddress(isNewStep);
    this.channel.history.record(presentStep(this.model), isNewStep);
  }

  /** @param {boolean} isNewEntry */
  #writeAddress(isNewEntry) {
    this.shownStep = this.model.get("step");
    const address = addressFor(this.model.get("query"));
    if (address === location.pathname + location.search + location.hash) return;
    if (isNewEntry) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
  }

  /**
   * Show the scenario in the address, once all widgets are in the page. The server may have had it
   * opened for the first paint, and the published one needs no opening.
   */
  open() {
    this.channel.history.resume(readSteps(), (query) => isSameScenario(location.search, query));
    if (this.model.get("request_completed")) this.model.send({ request: "deferred" });
    else if (isSameScenario(location.search, this.model.get("query")) && !findPin()) {
      this.model.set("request_completed", true);
      this.model.save_changes();
    } else {
      this.request();
      return;
    }
    this.handleAnswer();
  }

  /** Ask the kernel to open the scenario in the address. */
  request() {
    this.model.set("requested_query", location.search);
    this.model.save_changes();
  }

  /**
   * Open a step of this visit at an address of its own.
   *
   * @param {string} query
   */
  #openQuery(query) {
    history.pushState(null, "", addressFor(query));
    this.handleHistory();
  }

  #keepSteps() {
    try {
      sessionStorage.setItem(stepsKey(), JSON.stringify(this.channel.history.steps));
    } catch {
      // without storage, or with too many steps for it, a reload begins a new history
    }
  }

  /** Open the scenario that the visitor went back or forward to, unless it is shown already. */
  handleHistory() {
    if (this.#isOpen) return;
    this.channel.startWaiting();
    setPageState("busy");
    this.channel.restore();
    this.request();
  }

  /** Show the figures of the scenario in the address, once the kernel has answered. */
  async handleAnswer() {
    if (this.#isRequested) return;
    document.body.dataset.requested = "no"; // the figures are now those of the link
    this.channel.stopWaiting();
    if (!this.model.get("open_error")) {
      this.#writeAddress(false);
      this.channel.history.follow(presentStep(this.model));
    }
    await renderVisible();
    if (!this.#isRequested) setPageState("ready");
  }
}

/**
 * On a served page, keep the address bar up to date and open the scenario in it.
 *
 * @param {LinkModel} model
 * @returns {() => void} Ends it.
 */
const followAddress = (model) => {
  const addressBar = new AddressBar(model);
  const handleHistory = () => addressBar.handleHistory();
  model.on("change:query", () => addressBar.update());
  model.on("change:open_error", () => addressBar.update());
  model.on("change:requested_query", () => addressBar.handleAnswer());
  addEventListener("popstate", handleHistory);
  document.addEventListener("workbook:rendered", () => addressBar.open(), { once: true });
  return () => removeEventListener("popstate", handleHistory);
};

/**
 * In JupyterLab, record the steps of the visit and open earlier ones.
 *
 * @param {LinkModel} model
 */
const followSteps = (model) => {
  const channel = formChannel(model.get("study_id"));
  if (channel.history.isFollowed) return; // by another view of the same study
  channel.history.isFollowed = true;
  let shownStep = model.get("step");
  channel.history.openQuery = (query) => {
    channel.startWaiting();
    channel.restore();
    model.set("requested_query", query);
    model.save_changes();
  };
  model.on("change:query", () => {
    if (model.get("requested_query") !== null) return;
    channel.history.record(presentStep(model), model.get("step") !== shownStep);
    shownStep = model.get("step");
  });
  model.on("change:requested_query", () => {
    if (model.get("requested_query") !== null) return;
    channel.stopWaiting();
    channel.history.follow(presentStep(model));
  });
  channel.history.record(presentStep(model), false);
};

export default {
  /** @param {{ model: LinkModel }} context */
  render({ model }) {
    return IS_SERVED_PAGE ? followAddress(model) : followSteps(model);
  },
};
