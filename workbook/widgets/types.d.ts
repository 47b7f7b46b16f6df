// Types of the widgets' traits, which the kernel sends, and of the messages between widgets.
import type { AnyModel } from "@anywidget/types";

export type Cell = string | number | boolean | null;
export type Texts = Record<string, string>;

/** A table: its title, its labels, and its cells as text and raw. */
export interface TableContent {
  title: string;
  columns: { name: string; label: string; is_hidden: boolean }[];
  texts: string[][];
  rows: Cell[][];
}

/** The declaration of a form's field, built by form_fields.py. */
export interface FieldDefinition {
  name: string;
  label: string;
  unit: string;
  hint: string;
  group: string;
  kind: "number" | "choice" | "table" | "list" | "text";
  wide: boolean;
  blank: boolean;
  choices: string[];
  low: number;
  high: number;
  step: number;
  table?: string;
  template?: string;
  paths?: boolean;
}

/** The report on an uploaded file, built by upload_reports.py. */
export interface UploadReport {
  file_id: string;
  value: string;
  summary: string;
  issues: { kind: "error" | "warning"; text: string }[];
  issue_count: number;
}

export interface Edits {
  revision: number;
  texts: Texts;
  previous_texts: Texts;
}

export interface FormTraits {
  study_id: string;
  fields: FieldDefinition[];
  published_scenarios: { title: string; texts: Texts }[];
  field_texts: Texts;
  field_errors: Texts;
  field_warnings: Texts;
  field_options: Record<string, string[]>;
  upload_reports: Record<string, UploadReport>;
  edits: Edits;
  accepted_revision: number;
  completed_revision: number;
}

export interface ChartTraits {
  name: string;
  study_id: string;
  spec: Record<string, unknown>;
  named_data: Record<string, Record<string, unknown>[]>;
  captions: { title: string; subtitle: string; description: string };
  click_target: { column?: string; parameter?: string };
  table_content: TableContent;
  render_count: number;
}

export interface LinkTraits {
  query: string;
  requested_query: string | null;
  open_error: string;
  request_completed: boolean;
  incident_message: string;
  sharing_note: string;
}

export interface NotesTraits {
  notes: string[];
}

export interface HeadlineTraits extends NotesTraits {
  text: string;
}

export interface TableTraits {
  name: string;
  content: TableContent;
  columns: string[];
  filters: string[];
}

export interface Tile {
  name: string;
  label: string;
  text: string;
  interval: string;
  value: string;
  note: string;
}

export interface TilesTraits {
  tiles: Tile[];
}

export type FormModel = AnyModel<FormTraits>;
export type ChartModel = AnyModel<ChartTraits>;
export type LinkModel = AnyModel<LinkTraits>;
export type NotesModel = AnyModel<NotesTraits>;
export type HeadlineModel = AnyModel<HeadlineTraits>;
export type TableModel = AnyModel<TableTraits>;
export type TilesModel = AnyModel<TilesTraits>;

/** A value selected in a chart, sent to the form of the same study. */
export interface Choice {
  study_id: string;
  parameter: string;
  value: string;
}

/** The part of a Vega view that a chart uses. */
export interface VegaView {
  addEventListener(
    type: "click" | "mousemove",
    listener: (event: unknown, item?: { datum?: Record<string, unknown> }) => void,
  ): void;
  data(name: string, values: Record<string, unknown>[]): void;
  runAsync(): Promise<unknown>;
  toSVG(): Promise<string>;
  toImageURL(type: "png", scale: number): Promise<string>;
  finalize(): void;
}

export type EmbedVega = (
  container: HTMLElement,
  spec: Record<string, unknown>,
  options: { actions: boolean; renderer: "svg" },
) => Promise<{ view: VegaView }>;

declare global {
  // One Vega and one set of unfinished renders for each page, shared by the bundles of the widgets.
  var vegaEmbed: EmbedVega;
  var workbookVega: Promise<EmbedVega> | undefined;
  var workbookPendingRenders: Set<Promise<void>> | undefined;
}
