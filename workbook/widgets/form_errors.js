// @ts-check
// Errors and warnings at the fields of a form. An error of several fields is shown once in a group.

/**
 * @typedef {import("./form_inputs.js").InputField} InputField
 * @typedef {import("./form_layout.js").FieldGroup} FieldGroup
 * @typedef {import("./types").Texts} Texts
 */

export class FieldErrors {
  /** The message shown at each field, by parameter. @type {Map<string, string>} */
  #shown = new Map();

  /**
   * @param {Map<string, InputField>} fieldByName
   * @param {FieldGroup[]} groups
   */
  constructor(fieldByName, groups) {
    this.fieldByName = fieldByName;
    this.groups = groups;
  }

  /**
   * Show errors, except new ones at a field in which the visitor is still typing.
   *
   * @param {Texts} errors
   * @param {Texts} warnings
   */
  show(errors, warnings) {
    const typing = [...this.fieldByName.values()].filter((field) => !field.isIdle);
    const kept = typing
      .filter(({ name }) => errors[name])
      .map(({ name }) => [name, this.#shown.get(name) ?? ""]);
    const messages = { ...errors, ...Object.fromEntries(kept) };
    const order = this.groups.flatMap(({ names }) => names).filter((name) => name in messages);
    const names = new Set([...order, ...Object.keys(messages)]);
    this.#shown = new Map([...names].map((name) => [name, messages[name]]));
    for (const group of this.groups) this.#showInGroup(group);
    for (const field of this.fieldByName.values()) {
      // A warning is about the accepted value, not about the rejected one.
      field.showWarning(errors[field.name] ? "" : (warnings[field.name] ?? ""));
      if (!errors[field.name] && field.isIdle) field.previousText = field.text;
    }
  }

  /** @param {FieldGroup} group */
  #showInGroup({ names }) {
    const fields = names.flatMap((name) => this.fieldByName.get(name) ?? []);
    for (const field of fields) {
      const message = this.#shown.get(field.name) ?? "";
      const sharing = fields.filter(({ name }) => message && this.#shown.get(name) === message);
      field.showError(message, lastTyped(sharing) ?? field);
    }
  }

  /** The names of the fields that show an error. */
  get invalidNames() {
    return new Set([...this.#shown].flatMap(([name, message]) => (message ? [name] : [])));
  }

  /** Each message once, with the fields that it is about, the one changed last first. */
  get summary() {
    const messages = [...new Set(this.#shown.values())].filter(Boolean);
    return messages.map((message) => {
      const names = [...this.#shown].flatMap(([name, text]) => (text === message ? [name] : []));
      const fields = names.flatMap((name) => this.fieldByName.get(name) ?? []);
      const carrier = lastTyped(fields)?.name;
      return { message, names: carrier ? [carrier] : [] };
    });
  }
}

/**
 * The field that was changed last; the first if none was.
 *
 * @param {InputField[]} fields
 */
const lastTyped = (fields) =>
  fields.toSorted((first, second) => second.lastTypedAt - first.lastTypedAt).at(0);
