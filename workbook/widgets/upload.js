// @ts-check
// Upload of a table. The browser reads the file and sends it in pieces; the kernel checks it and
// returns a report. The file is never written to a disk.
import { createLabel } from "./form_inputs.js";
import {
  createButton,
  createElement,
  createLiveRegion,
  createScrollRegion,
  uniqueId,
} from "./shared/dom.js";
import { downloadText } from "./shared/downloads.js";
import { setPageState } from "./shared/page_state.js";
import { UploadCorrections } from "./upload_corrections.js";

const MAX_BYTES = 10 * 2 ** 20;
/** Bytes of a piece, which are 512 kB of base64. */
const PIECE_BYTES = 384 * 2 ** 10;
/** Milliseconds without an answer until a piece is sent again. */
const RETRY_MS = 5000;
const ACCEPTED_TYPES = ".csv,.tsv,.txt,.xlsx,.ods,.parquet,.json,.jsonl";
const HINT = "CSV, XLSX, ODS, Parquet or JSON, up to 10 MB. It is kept for this visit only.";
const KIND_LABELS = { error: "Error", warning: "Warning" };

/**
 * @typedef {import("./types").UploadReport} UploadReport
 * @typedef {import("./types").FileCorrections} FileCorrections
 * @typedef {{ file: File, id: string, piece: number, pieceCount: number, corrections: FileCorrections }} FileUpload
 */

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
const toBase64 = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

export class TableUpload {
  /** @type {FileUpload | null} */
  currentUpload = null;
  /** @type {UploadReport | null} */
  lastReport = null;
  /** @type {File | null} */
  lastFile = null;
  retryTimer = 0;

  /**
   * @param {import("./types").FormModel} model
   * @param {import("./form_inputs.js").InputField} field
   * @param {import("./types").FieldDefinition} definition
   * @param {() => void} onEnd
   */
  constructor(model, field, { table, template = "" }, onEnd) {
    this.model = model;
    this.field = field;
    this.onEnd = onEnd;
    const key = `${field.input.id}-file`;
    this.fileInput = createElement("input", { type: "file", id: key, accept: ACCEPTED_TYPES });
    this.fileInput.setAttribute("aria-describedby", `${key}-hint`);
    this.fileInput.addEventListener("change", () => {
      const file = this.fileInput.files?.[0];
      this.corrections.reset();
      if (file) this.#startUpload(file);
    });
    this.corrections = new UploadCorrections(field.label, (corrections) => {
      if (this.lastFile) this.#startUpload(this.lastFile, corrections);
    });
    this.status = createLiveRegion("wb-upload-status");
    this.issueDetails = createElement("details", { className: "wb-upload-issues", hidden: true });
    const templateButton = createButton(
      "Download a template",
      () => downloadText(template, "text/csv", `${table}_template.csv`),
      `Download a template: ${field.label}`,
    );
    this.element = createElement(
      "div",
      { className: "wb-upload" },
      createLabel("Upload your own table", field.label, key),
      createElement("p", { id: `${key}-hint`, className: "wb-hint", textContent: HINT }),
      createElement("div", { className: "wb-inputs" }, this.fileInput, templateButton),
      this.status,
      this.issueDetails,
      this.corrections.element,
    );
    model.on("msg:custom", ({ received }) => {
      if (received) this.#handleReceipt(received);
    });
    model.on("change:upload_reports", () => this.#handleReport());
    this.#handleReport();
  }

  /**
   * @param {File} file
   * @param {FileCorrections} corrections
   */
  #startUpload(file, corrections = { headings: {}, accept_readings: false }) {
    this.lastFile = file;
    this.#renderReport(null);
    if (file.size > MAX_BYTES) {
      this.status.textContent = `${file.name} was rejected: it is larger than 10 MB. The scenario has not changed.`;
      this.fileInput.value = "";
      return;
    }
    const pieceCount = Math.max(1, Math.ceil(file.size / PIECE_BYTES));
    this.currentUpload = { file, id: uniqueId("upload"), piece: 0, pieceCount, corrections };
    setPageState("busy");
    this.#sendPiece(this.currentUpload);
  }

  /** @param {FileUpload} upload */
  async #sendPiece(upload) {
    const { file, id, piece, pieceCount, corrections } = upload;
    const percentage = Math.round((100 * piece) / pieceCount);
    this.status.textContent =
      piece < pieceCount - 1 ? `Uploading ${file.name}: ${percentage}%` : `Checking ${file.name}`;
    try {
      const data = await toBase64(file.slice(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES));
      if (this.currentUpload !== upload) return;
      const parameter = this.field.name;
      const message = { parameter, name: file.name, file_id: id, piece, piece_count: pieceCount };
      this.model.send({ upload: { ...message, corrections, data } });
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => {
        if (this.currentUpload === upload) this.#sendPiece(upload);
      }, RETRY_MS);
    } catch {
      this.#endUpload(`${file.name} could not be read. It may have been moved or changed.`);
    }
  }

  /** @param {{ file_id: string, piece: number }} receipt */
  #handleReceipt({ file_id: id, piece }) {
    const upload = this.currentUpload;
    if (upload?.id !== id || upload.piece !== piece) return;
    upload.piece += 1;
    this.#sendPiece(upload);
  }

  /** @param {string} sentence */
  #endUpload(sentence) {
    this.currentUpload = null;
    clearTimeout(this.retryTimer);
    this.fileInput.value = "";
    this.status.textContent = sentence;
    this.onEnd();
  }

  #handleReport() {
    const report = this.model.get("upload_reports")[this.field.name];
    // Reports of earlier uploads come again with each new state of the form.
    if (!report || report.file_id === this.lastReport?.file_id) return;
    this.lastReport = report;
    this.#renderReport(report);
    if (this.currentUpload?.id !== report.file_id) return;
    if (report.value) this.field.setAndSubmit(report.value);
    this.#endUpload(report.summary);
  }

  /** @param {UploadReport | null} report */
  #renderReport(report) {
    this.status.textContent = report?.summary ?? "";
    const issues = report?.issues ?? [];
    const issueCount = report?.issue_count ?? 0;
    const items = issues.map(({ kind, text }) =>
      createElement("li", {
        className: `wb-${kind}`,
        textContent: `${KIND_LABELS[kind]}: ${text}`,
      }),
    );
    const surplus = issueCount - issues.length;
    this.issueDetails.hidden = !issues.length;
    this.corrections.render(report);
    this.issueDetails.open = !report?.value;
    this.issueDetails.replaceChildren(
      createElement("summary", { textContent: `Errors and warnings (${issueCount})` }),
      createScrollRegion(
        createElement("ul", {}, ...items),
        `Errors and warnings: ${this.field.label}`,
      ),
      ...(surplus > 0 ? [createElement("p", { textContent: `${surplus} more not listed.` })] : []),
    );
  }
}
