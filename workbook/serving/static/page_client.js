// @ts-check
// The page's client of a kernel. It fetches the widgets' states over one socket, renders each widget
// with its own module, and passes changes in both directions. It supports only our own widgets.
// Protocol: comms of ipywidgets 8.
import { KernelConnection, uniqueId } from "./kernel_connection.js";
import { disableControls, markConnected, markLost, pageState } from "./page_state.js";
import { WidgetModel } from "./widget_model.js";
import { renderWidget } from "./widget_views.js";

/** @typedef {Record<string, { state: import("./widget_model.js").State }>} WidgetStates */

const ENDED_KERNEL_STATES = ["restarting", "autorestarting", "dead"];

/** @type {{ base: string, kernel: string }} */
const { base, kernel } = JSON.parse(document.getElementById("workbook-page")?.textContent ?? "{}");

/** The page's widgets, and their messages to and from the kernel. */
class PageClient {
  /** @type {Map<string, WidgetModel>} */
  #models = new Map();
  /** @type {string | null} */
  #controlCommId = null;

  constructor() {
    this.connection = new KernelConnection(
      `${base}api/kernels/${kernel}`,
      (type, content, parentId) => this.#handleMessage(type, content, parentId),
      () => this.#requestStates(),
    );
  }

  #requestStates() {
    this.#controlCommId = uniqueId();
    const comm = { comm_id: this.#controlCommId };
    const target = { target_name: "jupyter.widget.control", data: {} };
    this.connection.send("comm_open", { ...comm, ...target }, { version: "1.0.0" });
    this.connection.send("comm_msg", { ...comm, data: { method: "request_states" } });
  }

  /**
   * @param {string} type
   * @param {any} content
   * @param {string | undefined} parentId
   */
  #handleMessage(type, content, parentId) {
    if (type === "comm_msg" && content.comm_id === this.#controlCommId) {
      this.#handleStates(content.data.states);
    } else if (type === "comm_msg") {
      this.#models.get(content.comm_id)?.handleMessage(content.data);
    } else if (type === "status" && content.execution_state === "idle") {
      for (const model of this.#models.values()) model.handleIdle(parentId);
    } else if (type === "status" && ENDED_KERNEL_STATES.includes(content.execution_state)) {
      markLost();
    }
  }

  /** @param {WidgetStates} states */
  #handleStates(states) {
    if (this.#models.size) this.#resynchroniseAll(states);
    else {
      this.#renderAll(states).catch((error) => {
        console.error(error);
        markLost();
      });
    }
    markConnected();
  }

  /** @param {WidgetStates} states */
  async #renderAll(states) {
    for (const [id, { state }] of Object.entries(states)) {
      const sendToKernel = (/** @type {object} */ data) =>
        this.connection.send("comm_msg", { comm_id: id, data });
      this.#models.set(id, new WidgetModel(sendToKernel, state));
    }
    /** @type {NodeListOf<HTMLElement>} */
    const views = document.querySelectorAll("[data-model]");
    const elements = [...views];
    if (elements.some((element) => !this.#models.has(element.dataset.model ?? ""))) {
      throw new Error("The kernel was restarted and no longer has the page's widgets.");
    }
    const renders = elements.map((element) =>
      renderWidget(element, this.#models.get(element.dataset.model ?? "")),
    );
    await Promise.all(renders);
    if (pageState() === "lost") disableControls();
  }

  /** @param {WidgetStates} states */
  #resynchroniseAll(states) {
    for (const [id, model] of this.#models) if (states[id]) model.resynchronise(states[id].state);
  }
}

const endKernel = () => {
  const form = new FormData();
  form.append("_xsrf", document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "");
  navigator.sendBeacon(`${base}voila/api/shutdown/${kernel}`, form);
};

/** Open the page's scenario in its kernel, and follow both until the page is closed. */
export const startClient = () => {
  // The kernel ends with the page. A page restored from the browser's cache reloads to get a new one.
  addEventListener("pagehide", endKernel);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
  if (pageState() === "starting") new PageClient().connection.start();
};
