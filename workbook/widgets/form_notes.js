// @ts-check
// What a field says of its value: that it differs from the published one, with a button that puts it
// back, and a disclosure with source and quality.
import { createButton, createElement } from "./shared/dom.js";

/**
 * @typedef {import("./types").FieldDefinition} FieldDefinition
 * @typedef {import("./types").Fact} Fact
 */

/** "Changed from 300,000. Put back" */
export class ChangedNote {
  /**
   * @param {FieldDefinition} definition
   * @param {() => void} onPutBack
   */
  constructor({ label, published }, onPutBack) {
    const button = createButton("Put back", onPutBack, `Put back ${label}: ${published}`);
    button.className = "wb-link-button";
    this.element = createElement(
      "p",
      { className: "wb-changed-note", hidden: true },
      `Changed from ${published}. `,
      button,
    );
  }

  /** @param {boolean} isChanged */
  show(isChanged) {
    this.element.hidden = !isChanged;
  }
}

/** A disclosure with the published value, its range, source, quality and review. */
export class FieldFacts {
  /** @param {FieldDefinition} definition */
  constructor({ label, facts }) {
    this.publishedFacts = facts;
    this.list = createElement("dl");
    const context = createElement("span", {
      className: "wb-visually-hidden",
      textContent: `: ${label}`,
    });
    this.element = createElement(
      "details",
      { className: "wb-facts", hidden: !facts.length },
      createElement("summary", {}, "Source and quality", context),
      this.list,
    );
    this.show(undefined);
  }

  /** @param {Fact[] | undefined} facts - Those of the scenario, if they are not the published ones. */
  show(facts) {
    const rows = (facts ?? this.publishedFacts).map(([heading, text]) =>
      createElement(
        "div",
        {},
        createElement("dt", { textContent: heading }),
        createElement("dd", { textContent: text }),
      ),
    );
    this.list.replaceChildren(...rows);
  }
}
