// @ts-check
// The link: the address of the scenario, to share, reload or restore. On a served page it also opens
// the scenario in the address, and shows no figures until the kernel has answered.
import { createButton, createElement, createLiveRegion, uniqueId } from "./shared/dom.js";
import { allRendered, IS_SERVED_PAGE, setPageState } from "./shared/page_state.js";

/** @typedef {import("./types").LinkModel} LinkModel */

/** The visitor's own parameters: they stay in the address bar and are never in a link. */
const PRIVATE_PARAMETERS = ["token", "pin"];
const COPIED_MESSAGE_MS = 4000;

/**
 * The page's address with a query and the visitor's own parameters.
 *
 * @param {string} query
 */
const addressFor = (query) => {
  const parameters = [...new URLSearchParams(location.search)];
  const isPrivate = parameters.filter(([name]) => PRIVATE_PARAMETERS.includes(name));
  const privateQuery = new URLSearchParams(isPrivate).toString();
  const fullQuery = [query, privateQuery].filter(Boolean).join("&");
  return location.pathname + (fullQuery ? `?${fullQuery}` : "") + location.hash;
};

/**
 * The link to the scenario, for sharing.
 *
 * @param {string} query
 */
const shareableLink = (query) => {
  if (IS_SERVED_PAGE) return new URL(query ? `?${query}` : location.pathname, location.href).href;
  return query ? `?${query}` : "(published assumptions)";
};

/**
 * A message that is announced at once; hidden while it is empty.
 *
 * @param {string} className
 * @param {...HTMLElement} more
 */
const createNotice = (className, ...more) => {
  const text = createElement("p");
  const element = createElement("div", { className: `wb-notice ${className}` }, text, ...more);
  element.setAttribute("role", "alert");
  const setText = (/** @type {string} */ message) => {
    element.hidden = !message;
    text.textContent = message;
  };
  return { element, setText };
};

/** The address in a read-only input, with a button that copies it. */
const createAddressRow = () => {
  const id = uniqueId("link");
  const addressInput = createElement("input", {
    type: "text",
    readOnly: true,
    id,
    name: "link-to-this-scenario",
    className: "wb-address",
  });
  const copyStatus = createLiveRegion("wb-copied");
  const copyButton = createButton("Copy link", async () => {
    addressInput.select();
    try {
      await navigator.clipboard.writeText(addressInput.value);
    } catch {
      document.execCommand("copy"); // the clipboard interface needs a secure connection
    }
    copyStatus.textContent = "Link copied";
    setTimeout(() => {
      copyStatus.textContent = "";
    }, COPIED_MESSAGE_MS);
  });
  const element = createElement(
    "div",
    { className: "wb-link" },
    createElement("label", { htmlFor: id, textContent: "Share these assumptions" }),
    createElement("div", { className: "wb-inputs" }, addressInput, copyButton),
    copyStatus,
  );
  return { element, addressInput };
};

/**
 * Ask the kernel to open the scenario in the page's address.
 *
 * @param {LinkModel} model
 */
const requestScenario = (model) => {
  model.set("requested_query", location.search);
  model.save_changes();
};

export default {
  /** @param {{ model: LinkModel, el: HTMLElement }} context */
  render({ model, el }) {
    const { element, addressInput } = createAddressRow();
    const sharingNote = createLiveRegion("wb-sharing-note");
    element.append(sharingNote);
    const publishedLink = createElement("a", {
      href: IS_SERVED_PAGE ? addressFor("") : "#",
      textContent: "Open the published assumptions instead",
    });
    const errorNotice = createNotice("wb-link-error", createElement("p", {}, publishedLink));
    const incidentNotice = createNotice("wb-incident");

    const updateAddress = () => {
      sharingNote.textContent = model.get("sharing_note");
      const query = model.get("query");
      addressInput.value = shareableLink(query);
      if (IS_SERVED_PAGE && model.get("request_completed") && !model.get("open_error")) {
        history.replaceState(history.state, "", addressFor(query));
      }
    };
    const updateNotices = () => {
      const openError = model.get("open_error");
      errorNotice.setText(openError);
      incidentNotice.setText(model.get("incident_message"));
      if (IS_SERVED_PAGE) document.body.toggleAttribute("data-link-error", Boolean(openError));
    };
    const updateAll = () => {
      updateNotices();
      updateAddress();
    };
    const revealFigures = async () => {
      if (!IS_SERVED_PAGE || !model.get("request_completed")) return;
      document.documentElement.dataset.requested = "no"; // the figures are now those of the link
      updateAll();
      await allRendered();
      setPageState("ready");
    };

    model.on("change:query", updateAddress);
    model.on("change:sharing_note", updateAddress);
    model.on("change:open_error", updateAll);
    model.on("change:incident_message", updateNotices);
    model.on("change:request_completed", revealFigures);
    el.append(errorNotice.element, incidentNotice.element, element);
    updateAll();
    if (IS_SERVED_PAGE && !model.get("request_completed")) requestScenario(model);
    revealFigures();
  },
};
