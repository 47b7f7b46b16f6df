// @ts-check
// Files of the scenario: made by the server of a page, or by the kernel in JupyterLab.
import { createElement } from "./shared/dom.js";
import { downloadBlob } from "./shared/downloads.js";
import { formChannel, waitForAnswer } from "./shared/form_channel.js";
import { IS_SERVED_PAGE } from "./shared/page_state.js";

/** @typedef {import("./types").ShareModel} ShareModel */

/** @type {[suffix: string, label: string, name: string][]} */
const FORMS = [
  ["xlsx", "Spreadsheet (XLSX)", "spreadsheet"],
  ["ods", "Spreadsheet (ODS)", "spreadsheet"],
  ["docx", "Document (Word)", "document"],
  ["pptx", "Slides (PowerPoint)", "slides"],
  ["zip", "Charts (SVG and PNG)", "charts"],
  ["toml", "Scenario file", "scenario file"],
];
const FIELD_ERRORS = "Nothing is downloaded. Correct the errors in the form first.";
const FAILURE = "The file could not be made. Try again in a minute.";

/**
 * The sentence on the server's page about a failure.
 *
 * @param {Response} response
 * @param {string} otherwise
 */
const readFailure = async (response, otherwise) => {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("main p")?.textContent ?? otherwise;
};

/**
 * Wait until the scenario is the one that the visitor sees.
 *
 * @param {ShareModel} model
 * @returns {Promise<string>} Why it cannot be downloaded; empty if it can.
 */
export const findObstacle = async (model) => {
  const channel = formChannel(model.get("study_id"));
  await waitForAnswer(channel);
  if (channel.hasErrors()) return FIELD_ERRORS;
  return IS_SERVED_PAGE ? model.get("download_note") : "";
};

/** The name of the page's topic, as in its address. */
const pageName = () => location.pathname.split("/").at(-1);

/**
 * Download a file that the server makes of the scenario.
 *
 * @param {ShareModel} model
 * @param {string} file - What the server calls it.
 * @param {string} failure - What is said if the server does not answer.
 * @param {string} savedAs - What follows the topic's name in the name of the downloaded file.
 * @returns {Promise<string>} Why it failed; empty if it did not.
 */
export const downloadFromServer = async (model, file, failure, savedAs) => {
  const query = model.get("query");
  try {
    const response = await fetch(`${location.pathname}/${file}${query ? `?${query}` : ""}`);
    if (!response.ok) return await readFailure(response, failure);
    downloadBlob(await response.blob(), `${pageName()}${savedAs}`);
    return "";
  } catch {
    return failure; // the server does not answer
  }
};

/**
 * Download a file that the kernel makes of the scenario, and sends.
 *
 * @param {ShareModel} model
 * @param {string} suffix
 * @returns {Promise<string>} Why it failed; empty if it did not.
 */
const downloadFromKernel = (model, suffix) =>
  new Promise((resolve) => {
    /**
     * @param {{ exported?: string, name?: string, failure?: string }} message
     * @param {DataView[]} buffers
     */
    const receive = ({ exported, name, failure }, buffers) => {
      if (exported !== suffix) return;
      model.off("msg:custom", receive);
      if (name) downloadBlob(new Blob([/** @type {any} */ (buffers[0])]), name);
      resolve(failure ?? "");
    };
    model.on("msg:custom", receive);
    model.send({ export: suffix });
  });

/**
 * A group of buttons, one for each form in which the outcome can be downloaded.
 *
 * @param {ShareModel} model
 * @param {(label: string, act: () => Promise<void>) => HTMLButtonElement} createAction
 * @param {(message: string, isSuccess?: boolean) => void} report
 */
export const createDownloads = (model, createAction, report) => {
  const buttons = FORMS.map(([suffix, label, name]) =>
    createAction(label, async () => {
      report(`Making the ${name}. This can take a minute.`);
      const obstacle = await findObstacle(model);
      if (obstacle) return report(obstacle);
      const failure = IS_SERVED_PAGE
        ? await downloadFromServer(model, `outcome.${suffix}`, FAILURE, `.${suffix}`)
        : await downloadFromKernel(model, suffix);
      if (failure) return report(failure);
      return report(`${name[0].toUpperCase()}${name.slice(1)} downloaded.`, true);
    }),
  );
  return createElement(
    "details",
    { className: "wb-downloads" },
    createElement("summary", { textContent: "Download figures, charts and slides" }),
    createElement("div", { className: "wb-share-buttons" }, ...buttons),
  );
};
