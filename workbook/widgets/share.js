// @ts-check
// Ways to pass the scenario on: its link, a text to forward, print and PDF. On paper, the record of
// what was printed.
import { createDownloads, downloadFromServer, findObstacle } from "./export_forms.js";
import { formatPrintDay, printPage, restoreAfterPrint, setPrintMargins } from "./print_forms.js";
import { copyText } from "./shared/clipboard.js";
import { createButton, createElement, createLiveRegion, uniqueId } from "./shared/dom.js";
import { formChannel, waitForAnswer } from "./shared/form_channel.js";
import { IS_SERVED_PAGE } from "./shared/page_state.js";

/** @typedef {import("./types").ShareModel} ShareModel */

const MESSAGE_MS = 4000;
const PRINT_FORMS = /** @type {const} */ ([
  ["summary", "Print summary"],
  ["full", "Print everything"],
]);
const DOCUMENTS = [
  ["summary", "Download summary (PDF)"],
  ["report", "Download everything (PDF)"],
];
const NOT_KEPT = "Link copied. This server could not keep a record of its figures.";
const PDF_FAILURE = "The PDF could not be made. Print the page instead.";
const PRINTED_LABEL = "Printed";

const NO_ADDRESS =
  "There is no address here. Save the scenario, or download the scenario file and send that.";

/**
 * The link that opens a scenario; empty in JupyterLab where no address of the page is known.
 *
 * @param {ShareModel} model
 * @param {string} [query]
 */
const linkTo = (model, query = model.get("query")) => {
  if (IS_SERVED_PAGE && globalThis.workbookPublicUrl) return globalThis.workbookPublicUrl;
  const address = IS_SERVED_PAGE ? location.href : model.get("address");
  if (!address) return "";
  const link = new URL(address);
  link.search = query;
  link.hash = "";
  return link.href;
};

/**
 * The link that also names the record of its figures, where one is kept once it is copied.
 *
 * @param {ShareModel} model
 */
const pinnedLink = (model) => {
  const pin = model.get("pin") && `pin=${model.get("pin")}`;
  return linkTo(model, [model.get("query"), pin].filter(Boolean).join("&"));
};

/**
 * @param {ShareModel} model
 * @param {string} link
 */
const textToForward = (model, link) =>
  [model.get("forward_text"), link, model.get("sharing_note")].filter(Boolean).join("\n\n");

/** The buttons, the text to forward, and messages about both. */
class ShareControls {
  /** @param {ShareModel} model */
  constructor(model) {
    this.model = model;
    this.status = createLiveRegion("wb-share-status");
    this.preview = createElement("p", { className: "wb-forward-text" });
    this.mailLink = createElement("a", { textContent: "Send by e-mail" });
    this.mailLink.addEventListener("click", () => this.#keepFigures());
    model.on("msg:custom", ({ not_kept: pin }) => {
      if (pin) this.status.textContent = NOT_KEPT;
    });
    this.sharingNote = createElement("p", { className: "wb-sharing-note" });
    this.element = createElement(
      "div",
      { className: "wb-share-controls" },
      createElement(
        "div",
        { className: "wb-share-buttons" },
        ...this.#createButtons(),
        this.status,
      ),
      this.sharingNote,
      createDownloads(
        model,
        (label, act) => this.#createButton(label, act),
        (message, isSuccess) => {
          if (isSuccess) this.#reportSuccess(message);
          else this.status.textContent = message;
        },
      ),
      createElement(
        "details",
        {},
        createElement("summary", { textContent: "Link and text to forward" }),
        this.preview,
        createElement("p", {}, this.mailLink),
      ),
    );
  }

  #createButtons() {
    const { model } = this;
    const buttons = [
      this.#createButton("Copy link", () => this.#copyLink()),
      this.#createButton("Copy text to forward", async () => {
        await this.#waitForAnswer();
        const link = pinnedLink(model);
        await this.#copy(
          textToForward(model, link),
          link ? "Text and link copied." : "Text copied.",
        );
      }),
    ];
    if (!IS_SERVED_PAGE) return buttons;
    for (const [form, label] of PRINT_FORMS) {
      buttons.push(this.#createButton(label, () => this.#print(form)));
    }
    if (!document.body.dataset.pdf) return buttons;
    for (const [name, label] of DOCUMENTS) {
      buttons.push(this.#createButton(label, () => this.#download(name)));
    }
    return buttons;
  }

  /**
   * A button that does nothing while its last action is under way.
   *
   * @param {string} label
   * @param {() => Promise<void>} act
   */
  #createButton(label, act) {
    let isBusy = false;
    return createButton(label, async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        await act();
      } finally {
        isBusy = false;
      }
    });
  }

  async #copyLink() {
    await this.#waitForAnswer();
    const link = pinnedLink(this.model);
    if (link) await this.#copy(link, "Link copied.");
    else this.status.textContent = NO_ADDRESS;
  }

  /** Wait until the link and the text are those of what the visitor sees. */
  #waitForAnswer() {
    return waitForAnswer(formChannel(this.model.get("study_id")));
  }

  /**
   * @param {string} text
   * @param {string} message
   */
  async #copy(text, message) {
    this.#keepFigures();
    if (await copyText(text)) this.#reportSuccess(message);
    else this.status.textContent = "Copying is blocked. Select the text below.";
  }

  /** Have the figures kept that the link names. */
  #keepFigures() {
    const pin = this.model.get("pin");
    if (pin) this.model.send({ keep: pin });
  }

  /** @param {"summary" | "full"} form */
  async #print(form) {
    this.status.textContent = "Preparing the page…";
    try {
      await printPage(form);
    } finally {
      this.status.textContent = "";
    }
  }

  /** @param {string} name */
  async #download(name) {
    this.status.textContent = "Making the PDF. This can take a minute.";
    const file = `${name}.pdf`;
    const failure =
      (await findObstacle(this.model)) ||
      (await downloadFromServer(this.model, file, PDF_FAILURE, `-${file}`));
    if (failure) this.status.textContent = failure;
    else this.#reportSuccess("PDF downloaded.");
  }

  /**
   * Report a success for a moment. A failure stands until the next action.
   *
   * @param {string} message
   */
  #reportSuccess(message) {
    this.status.textContent = message;
    setTimeout(() => {
      if (this.status.textContent === message) this.status.textContent = "";
    }, MESSAGE_MS);
  }

  update() {
    const text = textToForward(this.model, linkTo(this.model));
    const mailText = textToForward(this.model, pinnedLink(this.model));
    const subject = encodeURIComponent(`${this.model.get("title")} – Policy Workbook`);
    this.preview.textContent = text;
    this.mailLink.href = `mailto:?subject=${subject}&body=${encodeURIComponent(mailText)}`;
    this.sharingNote.textContent = this.model.get("sharing_note");
  }
}

/**
 * What was printed, for paper.
 *
 * @param {ShareModel} model
 */
const recordEntries = (model) => {
  const entries = {
    ...model.get("record"),
    Link: model.get("sharing_note") || linkTo(model),
    [PRINTED_LABEL]: formatPrintDay(),
  };
  const known = Object.entries(entries).filter(([, text]) => text);
  return known.map(([label, text]) =>
    createElement(
      "div",
      {},
      createElement("dt", { textContent: label }),
      createElement("dd", {
        textContent: text,
        className: label === PRINTED_LABEL ? "wb-print-day" : "",
      }),
    ),
  );
};

export default {
  /** @param {{ model: ShareModel, el: HTMLElement }} context */
  render({ model, el }) {
    const id = uniqueId("share");
    const controls = new ShareControls(model);
    const record = createElement("dl", { className: "wb-record" });
    const section = createElement(
      "section",
      { className: "wb-share wb-result" },
      createElement("h2", { id, textContent: "Share and print" }),
      controls.element,
      record,
    );
    section.setAttribute("aria-labelledby", id);
    const update = () => {
      controls.update();
      record.replaceChildren(...recordEntries(model));
      if (!IS_SERVED_PAGE) return;
      const scenario = model.get("record").Scenario;
      setPrintMargins({ topic: model.get("title"), scenario, link: linkTo(model) });
    };
    for (const name of ["query", "sharing_note", "forward_text", "record"]) {
      model.on(`change:${name}`, update);
    }
    addEventListener("afterprint", restoreAfterPrint);
    update();
    el.append(section);
    return () => removeEventListener("afterprint", restoreAfterPrint);
  },
};
