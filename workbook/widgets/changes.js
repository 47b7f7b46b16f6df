// @ts-check
// What stands above the answer: the error summary, a chip for each change, a mark while the answer is
// being calculated, and one short announcement after a change.
import { AnswerStatus } from "./answer_status.js";
import { ChangeChips } from "./change_chips.js";
import { ErrorSummary } from "./error_summary.js";
import { createElement } from "./shared/dom.js";
import { formChannel } from "./shared/form_channel.js";
import { IS_SERVED_PAGE } from "./shared/page_state.js";

/** @typedef {import("./types").ChangesModel} ChangesModel */

/** The title of a page before it says anything of its scenario. */
const PAGE_TITLE = document.title;

/**
 * Name the page by its errors and changes, in the browser's tabs and history.
 *
 * @param {number} errorCount
 * @param {number} changeCount
 */
const updatePageTitle = (errorCount, changeCount) => {
  if (!IS_SERVED_PAGE) return;
  const changes = changeCount === 1 ? "1 change" : `${changeCount} changes`;
  document.title =
    (errorCount ? "Error: " : "") + (changeCount ? `${changes} – ` : "") + PAGE_TITLE;
};

export default {
  /** @param {{ model: ChangesModel, el: HTMLElement }} context */
  render({ model, el }) {
    const channel = formChannel(model.get("study_id"));
    const summary = new ErrorSummary(model.get("study_id"), channel);
    const chips = new ChangeChips(model.get("study_id"), (texts) => channel.putBack(texts));
    const status = new AnswerStatus();

    const updateErrors = () => {
      summary.show(channel.errors, model.get("link_error"), model.get("incident_message"));
      if (IS_SERVED_PAGE) {
        document.body.toggleAttribute("data-link-error", Boolean(model.get("link_error")));
      }
      updatePageTitle(summary.errorCount, model.get("changes").length);
    };
    const updateChanges = () => {
      chips.show(model.get("changes"));
      updatePageTitle(summary.errorCount, model.get("changes").length);
    };
    const updateStatus = () => status.show(channel.isCalculating);

    model.on("change:changes", updateChanges);
    model.on("change:announcement", () => status.announce(model.get("announcement")));
    model.on("change:link_error", updateErrors);
    model.on("change:incident_message", updateErrors);
    channel.addEventListener("errors", updateErrors);
    channel.addEventListener("calculating", updateStatus);
    document.addEventListener("workbook:state", updateStatus);
    updateChanges();
    updateErrors();
    el.append(
      createElement(
        "div",
        { className: "wb-changes" },
        summary.element,
        chips.element,
        status.element,
      ),
    );
    return () => {
      channel.removeEventListener("errors", updateErrors);
      channel.removeEventListener("calculating", updateStatus);
      document.removeEventListener("workbook:state", updateStatus);
    };
  },
};
