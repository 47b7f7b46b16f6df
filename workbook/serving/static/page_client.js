// @ts-check
// The page's client of a kernel. It renders each widget with its own module from the state that the
// page was sent with, and passes changes in both directions over one socket. After a break it fetches
// the states again. It supports only our own widgets. Protocol: comms of ipywidgets 8.
import { KernelConnection, uniqueId } from "./kernel_connection.js";
import { disableControls, markConnected, markLost, pageState } from "./page_state.js";
import { WidgetModel } from "./widget_model.js";
import { renderWidget } from "./widget_views.js";

/** @typedef {Record<string, { state: import("./widget_model.js").State }>} WidgetStates */

const ENDED_KERNEL_STATES = ["restarting", "autorestarting", "dead"];

/** Milliseconds that widgets wait for the first paint, which a page out of sight does not have. */
const PAINT_TIMEOUT_MS = 100;

/** @param {string} id */
const readData = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

/** @type {{ base: string, kernel: string }} */
const { base, kernel } = readData("workbook-page");

const viewElements = [
  .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-model]")),
];

/** Wait until the page has been painted as it was sent. */
const waitForPaint = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, PAINT_TIMEOUT_MS);
  });

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
      (isFirst) => this.#handleOpen(isFirst),
    );
  }

  /** Connect to the kernel, and meanwhile render the states that the page was sent with. */
  async start() {
    this.#createModels(readData("workbook-states"));
    this.connection.start();
    if (!this.#models.size) return; // the kernel is asked for the states once it is connected
    await waitForPaint();
    await this.#renderAll();
  }

  /**
   * @param {boolean} isFirst - Then the kernel is only asked whether it has the page's widgets.
   */
  #handleOpen(isFirst) {
    if (!isFirst || !this.#models.size) {
      this.#requestStates();
      return;
    }
    this.connection.send("comm_info_request", { target_name: "jupyter.widget" });
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
    } else if (type === "comm_info_reply") {
      this.#checkKernel(Object.keys(content.comms));
      markConnected();
    } else if (type === "status" && content.execution_state === "idle") {
      for (const model of this.#models.values()) model.handleIdle(parentId);
    } else if (type === "status" && ENDED_KERNEL_STATES.includes(content.execution_state)) {
      markLost();
    }
  }

  /** @param {WidgetStates} states */
  #handleStates(states) {
    this.#checkKernel(Object.keys(states));
    if (this.#models.size) this.#resynchroniseAll(states);
    else {
      this.#createModels(states);
      this.#renderAll();
    }
    markConnected();
  }

  /**
   * A kernel that was restarted no longer has the page's widgets.
   *
   * @param {string[]} widgetIds - Those that the kernel has.
   */
  #checkKernel(widgetIds) {
    if (!viewElements.every(({ dataset }) => widgetIds.includes(dataset.model ?? ""))) markLost();
  }

  /** @param {WidgetStates} states */
  #createModels(states) {
    for (const [id, { state }] of Object.entries(states)) {
      const sendToKernel = (/** @type {object} */ data) =>
        this.connection.send("comm_msg", { comm_id: id, data });
      this.#models.set(id, new WidgetModel(sendToKernel, state));
    }
  }

  async #renderAll() {
    try {
      const renders = viewElements.map((element) =>
        renderWidget(element, this.#models.get(element.dataset.model ?? "")),
      );
      await Promise.all(renders);
      document.dispatchEvent(new Event("workbook:rendered"));
    } catch (error) {
      console.error(error);
      markLost();
    }
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
  if (pageState() === "starting") new PageClient().start();
};
