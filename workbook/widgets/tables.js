// A table of one's own: a file is read in the browser, sent in pieces, and checked by the kernel,
// whose report is listed here. It is never kept on a disk.
const MOST_BYTES = 10 * 2 ** 20;
const PIECE_BYTES = 384 * 2 ** 10; // 512 kB of base64
const AGAIN = 5000; // milliseconds until a piece that nobody took, for want of a connection, goes again
const FILES = ".csv,.tsv,.txt,.xlsx,.ods,.parquet";

const base64 = (blob) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.split(",")[1] ?? "");
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(blob);
});

class Upload {
  constructor(model, field, { table, template }, settled) {
    Object.assign(this, { model, field, settled, sending: null });
    const key = `${field.box.id}-file`;
    this.file = made("input", { type: "file", id: key, accept: FILES });
    this.file.setAttribute("aria-describedby", `${key}-hint`);
    this.file.addEventListener("change", () => this.file.files.length && this.#send(this.file.files[0]));
    this.said = live("wb-said");
    this.found = made("details", { className: "wb-found", hidden: true });
    this.element = made("div", { className: "wb-upload" },
      named("Use a table of your own", field.label, key),
      made("p", { id: `${key}-hint`, className: "wb-hint", textContent: "CSV, XLSX, ODS or Parquet, 10 MB at most. It is kept for this visit only." }),
      made("div", { className: "wb-inputs" }, this.file,
        button("Download a template", () => saveText(template, "text/csv", `${table}_template.csv`), `Download a template: ${field.label}`)),
      this.said, this.found);
    model.on("msg:custom", ({ got }) => got && this.#got(got));
    model.on("change:reports", () => this.#report());
    this.#report();
  }

  #send(file) {
    this.#show(null);
    if (file.size > MOST_BYTES) {
      this.said.textContent = `${file.name} was refused: it is larger than 10 MB. The scenario stays as it is.`;
      this.file.value = "";
      return;
    }
    this.sending = { file, id: unique("upload"), part: 0, of: Math.max(1, Math.ceil(file.size / PIECE_BYTES)) };
    page("busy");
    this.#piece(this.sending);
  }

  async #piece(sending) {
    const { file, id, part, of } = sending;
    this.said.textContent = part < of - 1 ? `Sending ${file.name}: ${Math.round((100 * part) / of)}%` : `Checking ${file.name}`;
    try {
      const data = await base64(file.slice(part * PIECE_BYTES, (part + 1) * PIECE_BYTES));
      if (this.sending !== sending) return;
      this.model.send({ upload: { parameter: this.field.name, name: file.name, id, part, of, data } });
      clearTimeout(this.again);
      this.again = setTimeout(() => this.sending === sending && this.#piece(sending), AGAIN);
    } catch {
      this.#end(`${file.name} cannot be read: it may have been moved or changed.`);
    }
  }

  #got({ id, part }) {
    if (this.sending?.id !== id || this.sending.part !== part) return;
    this.sending.part += 1;
    this.#piece(this.sending);
  }

  #end(sentence) {
    this.sending = null;
    clearTimeout(this.again);
    this.file.value = "";
    this.said.textContent = sentence;
    this.settled();
  }

  #report() {
    const report = this.model.get("reports")[this.field.name];
    if (!report || report === this.reported) return;
    this.reported = report;
    this.#show(report);
    if (this.sending?.id !== report.id) return;
    if (report.value) this.field.choose(report.value);
    this.#end(report.sentence);
  }

  #show(report) {
    this.said.textContent = report?.sentence ?? "";
    const { problems = [], count = 0 } = report ?? {};
    this.found.hidden = !problems.length;
    this.found.open = !report?.value;
    const word = { error: "Error", oddity: "Odd" };
    this.found.replaceChildren(
      made("summary", { textContent: `What was found (${count})` }),
      scrolling(made("ul", {}, ...problems.map(({ kind, text }) => made("li", { className: `wb-${kind}`, textContent: `${word[kind]}: ${text}` }))), `What was found: ${this.field.label}`),
      ...(count > problems.length ? [made("p", { textContent: `And ${count - problems.length} more.` })] : []));
  }
}
