// The page's side of a kernel: it fetches the widgets' states over one socket, draws each with its own
// module, and passes changes both ways. It knows our widgets (anywidget) and nothing else.
// Protocol: Jupyter's messages as JSON over /api/kernels/ID/channels, and comms of ipywidgets 8.
const { base, kernel } = JSON.parse(document.getElementById("workbook-page").textContent);
const body = document.body;
const unique = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const SESSION = unique();
const CHECK = 15000; // milliseconds between two looks at whether the kernel is there
const PATIENCE = 30000; // milliseconds until a kernel that has said nothing is given up
const TRIES = 5; // attempts to get the socket back
const LOST = "This page has lost its connection, and its figures no longer follow what you change. Your scenario is kept in the page’s address.";

const state = (name) => { if (body.dataset.workbook !== "lost") body.dataset.workbook = name; };

const banner = (text) => {
  const place = document.getElementById("workbook-banner");
  const reload = Object.assign(document.createElement("a"), { href: location.href, textContent: "Reload the page" });
  place.replaceChildren(text, " ", reload);
  place.hidden = false;
};
const failed = (fault) => { console.error(fault); lost(); };
const lost = () => { if (body.dataset.workbook !== "lost") { state("lost"); banner(LOST); } };

// A widget's state as anywidget's modules expect it. One update is under way at a time; what changes
// meanwhile goes out together with the next, so that moving fast never queues up.
class Model {
  #state; #dirty = new Set(); #underWay = []; #listeners = new Map(); #waitingFor = null; #comm;

  constructor(comm, initial) { this.#comm = comm; this.#state = initial; }

  get(name) { return this.#state[name]; }

  set(name, value) {
    if (typeof name === "object") return Object.entries(name).forEach(([each, its]) => this.set(each, its));
    this.#state[name] = value;
    this.#dirty.add(name);
    this.#emit(`change:${name}`, value);
  }

  save_changes() {
    if (this.#waitingFor || !this.#dirty.size) return;
    const changed = Object.fromEntries([...this.#dirty].map((name) => [name, this.#state[name]]));
    this.#underWay = [...this.#dirty];
    this.#dirty.clear();
    this.#waitingFor = this.#comm.send({ method: "update", state: changed, buffer_paths: [] });
  }

  send(content) { this.#comm.send({ method: "custom", content }); }

  on(event, listener) { this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]); }

  off(event, listener) {
    this.#listeners.set(event, listener ? (this.#listeners.get(event) ?? []).filter((each) => each !== listener) : []);
  }

  receive({ method, state: changes, content }) {
    if (method === "custom") this.#emit("msg:custom", content);
    if (method !== "update") return;
    Object.assign(this.#state, changes);
    for (const [name, value] of Object.entries(changes)) this.#emit(`change:${name}`, value);
  }

  idle(message) {
    if (message !== this.#waitingFor) return;
    this.#waitingFor = null;
    this.save_changes();
  }

  // After a break: what the kernel holds now, and again what it may not have had.
  resume(held) {
    if (this.#waitingFor) this.#underWay.forEach((name) => this.#dirty.add(name));
    this.#waitingFor = null;
    const kept = Object.entries(held).filter(([name]) => !this.#dirty.has(name));
    this.receive({ method: "update", state: Object.fromEntries(kept) });
    this.save_changes();
  }

  #emit(event, value) { for (const listener of this.#listeners.get(event) ?? []) listener(value); }
}

// The socket to the kernel, opened again when it breaks. ``handle`` is called with each message's type,
// content and parent's id, ``opened`` each time that the socket is there.
class Kernel {
  #socket; #handle; #opened; #failed = 0; #before = null;

  constructor(handle, opened) {
    this.#handle = handle;
    this.#opened = opened;
    this.#open();
  }

  #open() {
    const url = new URL(`${base}api/kernels/${kernel}/channels?session_id=${SESSION}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => { this.#failed = 0; this.#opened(); };
    this.#socket.onclose = () => this.#again();
    this.#socket.onmessage = ({ data }) => {
      if (typeof data !== "string") return; // buffers, which our widgets do not have
      const { header, content, parent_header: parent } = JSON.parse(data);
      this.#handle(header.msg_type, content, parent?.msg_id);
    };
  }

  async #again() {
    if (body.dataset.workbook === "lost") return;
    this.#failed += 1;
    if (this.#failed > TRIES || (await alive()) === false) { lost(); return; }
    if (body.dataset.workbook !== "starting") {
      this.#before ??= body.dataset.workbook;
      state("reconnecting");
    }
    await new Promise((done) => { setTimeout(done, 500 * this.#failed); });
    this.#open();
  }

  // The state from before the break, unless something was changed meanwhile.
  restored() {
    if (this.#before && body.dataset.workbook === "reconnecting") state(this.#before);
    this.#before = null;
  }

  send(type, content, metadata = {}) {
    const id = unique();
    const header = { msg_id: id, msg_type: type, username: "", session: SESSION, date: new Date().toISOString(), version: "5.3" };
    // What is sent into a break is lost here and sent again by Model.resume.
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ channel: "shell", header, parent_header: {}, metadata, content, buffers: [] }));
    }
    return id;
  }
}

// Whether the kernel is there: true, false, or null where nobody answers.
const alive = async () => {
  try { return (await fetch(`${base}api/kernels/${kernel}`, { cache: "no-store" })).status !== 404; } catch { return null; }
};

const modules = new Map();
const moduleOf = (code) => {
  if (!modules.has(code)) {
    modules.set(code, import(URL.createObjectURL(new Blob([code], { type: "text/javascript" }))));
  }
  return modules.get(code);
};
const styles = new Set();
const style = (css) => {
  if (!css || styles.has(css)) return;
  styles.add(css);
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
};

const draw = async (place, model) => {
  if (!model?.get("_esm")) return; // a widget that is not ours stays as it is written here
  style(model.get("_css"));
  const { default: widget } = await moduleOf(model.get("_esm"));
  await widget.initialize?.({ model });
  const el = document.createElement("div");
  await widget.render({ model, el });
  place.replaceChildren(el);
};

const start = () => {
  const models = new Map();
  let control = null;

  const drawAll = async (states) => {
    for (const [id, { state: held }] of Object.entries(states)) {
      models.set(id, new Model({ send: (data) => link.send("comm_msg", { comm_id: id, data }) }, held));
    }
    await Promise.all([...document.querySelectorAll("[data-model]")].map((place) => draw(place, models.get(place.dataset.model))));
  };
  const resumeAll = (states) => {
    models.forEach((model, id) => { if (states[id]) model.resume(states[id].state); });
    link.restored();
  };
  const got = (states) => (models.size ? resumeAll(states) : drawAll(states).catch(failed));

  const handle = (type, content, parent) => {
    if (type === "comm_msg" && content.comm_id === control) got(content.data.states);
    else if (type === "comm_msg") models.get(content.comm_id)?.receive(content.data);
    else if (type === "status" && content.execution_state === "idle") models.forEach((model) => model.idle(parent));
    else if (type === "status" && ["restarting", "autorestarting", "dead"].includes(content.execution_state)) lost();
  };
  const askStates = () => {
    control = unique();
    link.send("comm_open", { comm_id: control, target_name: "jupyter.widget.control", data: {} }, { version: "1.0.0" });
    link.send("comm_msg", { comm_id: control, data: { method: "request_states" } });
  };
  const link = new Kernel(handle, askStates);
};

// The kernel ends with the page. A page that comes back from the browser's cache has none: it reloads.
addEventListener("pagehide", () => {
  const form = new FormData();
  form.append("_xsrf", document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "");
  navigator.sendBeacon(`${base}voila/api/shutdown/${kernel}`, form);
});
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });

if (body.dataset.workbook === "starting") {
  setInterval(async () => { if ((await alive()) === false) lost(); }, CHECK);
  start();
  setTimeout(() => { if (body.dataset.workbook === "starting") lost(); }, PATIENCE);
}
