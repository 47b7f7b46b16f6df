// Types of the widgets' traits, which the kernel sends, and of the messages between widgets.
import type { AnyModel } from "@anywidget/types";

export type Cell = string | number | boolean | null;
export type Texts = Record<string, string>;

/** A table: its title, its labels, and its cells as text and raw. */
export interface TableContent {
  title: string;
  empty_text: string;
  columns: { name: string; label: string; is_hidden: boolean }[];
  texts: string[][];
  rows: Cell[][];
}

/** A heading and its text. */
export type Fact = [string, string];

/** Fields under one heading, built by form_groups.py. The levers have no heading. */
export interface FieldGroup {
  title: string;
  names: string[];
  is_open: boolean;
}

/** A published scenario, built by presets.py. */
export interface Preset {
  title: string;
  description: string;
  texts: Texts;
}

/** A value that differs from the published one, built by scenario_changes.py. */
export interface ScenarioChange {
  name: string;
  label: string;
  published: string;
  value: string;
  published_texts: Texts;
}

/** The declaration of a form's field, built by form_fields.py. */
export interface FieldDefinition {
  name: string;
  label: string;
  unit: string;
  unit_word: string;
  hint: string;
  kind: "number" | "choice" | "table" | "list" | "text";
  wide: boolean;
  blank: boolean;
  choices: string[];
  choice_labels: Texts;
  published: string;
  published_text: string;
  has_slider: boolean;
  facts: Fact[];
  low: number;
  high: number;
  step: number;
  /** Largest text on a served page; empty without a limit. */
  limit: string;
  table?: string;
  template?: string;
  paths?: boolean;
}

/** A column that no heading of an uploaded file names. */
export interface UnmatchedColumn {
  name: string;
  title: string;
  is_required: boolean;
}

/** The report on an uploaded file, built by upload_reports.py. */
export interface UploadReport {
  file_id: string;
  value: string;
  summary: string;
  issues: { kind: "error" | "warning"; text: string }[];
  issue_count: number;
  unmatched_columns: UnmatchedColumn[];
  unmatched_headings: string[];
  suggestions: number;
}

/** What a visitor says about a file: the column of each heading, and whether to accept readings. */
export interface FileCorrections {
  headings: Record<string, string>;
  accept_readings: boolean;
}

export interface Edits {
  revision: number;
  step: number;
  texts: Texts;
  previous_texts: Texts;
  /** Title of the published scenario that the visitor opens, if it is one. */
  preset?: string;
}

export interface FormTraits {
  study_id: string;
  fields: FieldDefinition[];
  groups: FieldGroup[];
  published_scenarios: Preset[];
  field_texts: Texts;
  field_errors: Texts;
  field_warnings: Texts;
  field_facts: Record<string, Fact[]>;
  substitutions: Texts;
  published_texts: Record<string, Texts>;
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
  is_deferred: boolean;
  status: "current" | "stale" | "pending" | "failed";
  is_empty: boolean;
  is_hidden: boolean;
  reserved_heights: [number, number];
  render_count: number;
}

export interface LinkTraits {
  study_id: string;
  query: string;
  step: number;
  step_label: string;
  requested_query: string | null;
  open_error: string;
  request_completed: boolean;
}

export interface ChangesTraits {
  study_id: string;
  changes: ScenarioChange[];
  announcement: string;
  link_error: string;
  incident_message: string;
}

export interface NotesTraits {
  notes: string[];
}

export interface ShareTraits {
  study_id: string;
  title: string;
  query: string;
  sharing_note: string;
  forward_text: string;
  record: Texts;
  pin: string;
  address: string;
  download_note: string;
}

export interface OpenedScenarioTraits {
  text: string;
  migrations: string[];
}

export interface SavedScenariosTraits {
  study_id: string;
  can_save: boolean;
}

/** A saved scenario in the page's list, built by scenario_listing.py. */
export interface ListedScenario {
  name: string;
  saved: string;
  why: string;
  changes: string;
  is_published: boolean;
  is_editable: boolean;
}

/** A version in a scenario's history, built by scenario_listing.py. */
export interface ListedVersion {
  version: number;
  saved: string;
  why: string;
  changes: string[];
}

/** Whether to save as a new version of a scenario that there is already. */
export interface ScenarioQuestion {
  text: string;
  follows: number;
  label: string;
}

/** The answer to a request about saved scenarios, written by scenario_actions.py. */
export interface ScenarioAnswer {
  id: string;
  status?: string;
  failure?: string;
  errors?: Texts;
  scenarios?: ListedScenario[];
  file_errors?: string[];
  author?: string;
  name?: string;
  deleted?: string;
  question?: ScenarioQuestion;
  versions?: ListedVersion[];
  file?: { name: string; text: string };
}

export interface PinnedScenarioTraits {
  study_id: string;
  is_pinned: boolean;
  name: string;
  figures: TableContent;
  parameters: TableContent;
  contributions: TableContent;
}

export interface PinnedLinkTraits {
  text: string;
  causes: string;
  content: TableContent;
}

export interface HeadlineTraits {
  study_id: string;
  text: string;
}

export interface SectionHeadingTraits {
  title: string;
  address: string;
  introduction: string;
  is_hidden: boolean;
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

/** Values of a request, by input. */
export type RequestValues = Record<string, string | string[]>;

/** The result of a requested analysis, built by requested_result.py; empty without one. */
export interface RequestedContent {
  sentences?: string[];
  parts?: ({ chart: ChartTraits } | { table: TableContent })[];
  form_texts?: Texts;
}

export interface RequestedAnalysisTraits {
  study_id: string;
  status: "idle" | "running";
  progress: [number, number];
  message: string;
  field_errors: Texts;
  note: string;
  result: RequestedContent;
}

export interface ComparisonTraits extends RequestedAnalysisTraits {
  scenarios: [string, string][];
  indicators: [string, string][];
}

export interface DependenceTraits extends RequestedAnalysisTraits {
  indicators: [string, string][];
  unavailable: string;
}

/** An indicator whose value can be sought, built by goal_seek.py. */
export interface SoughtIndicator {
  name: string;
  label: string;
  unit: string;
  direction: "higher" | "lower" | "";
  is_simulated: boolean;
  is_cost: boolean;
}

/** A parameter that can be changed to reach a target. */
export interface SoughtParameter {
  name: string;
  label: string;
  unit: string;
  is_lever: boolean;
}

export interface GoalSeekTraits extends RequestedAnalysisTraits {
  indicators: SoughtIndicator[];
  parameters: SoughtParameter[];
  unavailable: string;
}

/** An input of a requested analysis, or a group of them. */
export interface RequestInput {
  readonly name: string;
  readonly values: RequestValues;
  readonly input: HTMLElement;
  showError(message: string): void;
}

export type FormModel = AnyModel<FormTraits>;
export type ChartModel = AnyModel<ChartTraits>;
export type LinkModel = AnyModel<LinkTraits>;
export type ChangesModel = AnyModel<ChangesTraits>;
export type NotesModel = AnyModel<NotesTraits>;
export type PinnedScenarioModel = AnyModel<PinnedScenarioTraits>;
export type PinnedLinkModel = AnyModel<PinnedLinkTraits>;
export type OpenedScenarioModel = AnyModel<OpenedScenarioTraits>;
export type SavedScenariosModel = AnyModel<SavedScenariosTraits>;
export type ShareModel = AnyModel<ShareTraits>;
export type HeadlineModel = AnyModel<HeadlineTraits>;
export type SectionHeadingModel = AnyModel<SectionHeadingTraits>;
export type TableModel = AnyModel<TableTraits>;
export type TilesModel = AnyModel<TilesTraits>;
export type RequestedAnalysisModel = AnyModel<RequestedAnalysisTraits>;
export type GoalSeekModel = AnyModel<GoalSeekTraits>;
export type ComparisonModel = AnyModel<ComparisonTraits>;
export type DependenceModel = AnyModel<DependenceTraits>;

/** A value selected in a chart, sent to the form of the same study. */
export interface Choice {
  study_id: string;
  parameter: string;
  value: string;
}

/** An error that a visitor sees, with the fields that it is about. */
export interface ShownError {
  message: string;
  names: string[];
}

/** A scenario of this visit, what led to it, and the record that its copied link named. */
export interface VisitStep {
  query: string;
  label: string;
  pin?: string;
}

/** The steps of a visit, and the present one. */
export interface VisitHistory extends EventTarget {
  readonly steps: VisitStep[];
  readonly index: number;
  openQuery: (query: string) => void;
  hasUnansweredChange: () => boolean;
  isFollowed: boolean;
  resume(steps: VisitStep[], isPresent: (query: string) => boolean): void;
  record(step: VisitStep, isNew: boolean): void;
  follow(opened: VisitStep): void;
  open(index: number): void;
  undo(): void;
  redo(): void;
}

/** What the form of a study and its other views on a page tell each other. */
export interface FormChannel extends EventTarget {
  readonly errors: ShownError[];
  hasErrors: () => boolean;
  readonly isCalculating: boolean;
  isRestoring: boolean;
  readonly history: VisitHistory;
  showErrors(errors: ShownError[]): void;
  startWaiting(): void;
  stopWaiting(): void;
  putBack(texts: Texts): void;
  restore(): void;
  focusField(name: string): void;
}

/** The part of a Vega view that a chart uses. */
export interface VegaView {
  addEventListener(
    type: "click" | "mousemove",
    listener: (event: unknown, item?: { datum?: Record<string, unknown> }) => void,
  ): void;
  data(name: string, values: Record<string, unknown>[]): void;
  signal(name: string, value: unknown): void;
  scale(name: string): { domain(): number[] };
  getState(options: object): { signals: Record<string, unknown> };
  runAsync(): Promise<unknown>;
  toSVG(): Promise<string>;
  toImageURL(type: "png", scale: number): Promise<string>;
  finalize(): void;
}

/** A scale of a compiled chart. */
export interface VegaScale {
  name: string;
  type: string;
  domain?: {
    data?: string;
    field?: string;
    fields?: (string | unknown[] | { data?: string; field?: string; signal?: string })[];
    signal?: string;
  };
}

/** The part of a compiled chart that a chart changes. */
export interface VegaSpec {
  width?: unknown;
  autosize?: object;
  signals?: { name: string; value?: unknown }[];
  scales?: VegaScale[];
  usermeta?: { narrowStep?: number };
}

export type EmbedVega = (
  container: HTMLElement,
  spec: Record<string, unknown>,
  options: {
    actions: boolean;
    renderer: string;
    ast: boolean;
    patch: (vegaSpec: VegaSpec) => VegaSpec;
  },
) => Promise<{ view: VegaView }>;

declare global {
  // The address that a page printed on the server gives as its link, and what prepares the print.
  var workbookPublicUrl: string | undefined;
  var workbookPreparePrint: (form: "summary" | "full") => Promise<void>;
  // One Vega and one queue of renders for each page, shared by the bundles of the widgets.
  var vegaEmbed: EmbedVega;
  var workbookVega: Promise<EmbedVega> | undefined;
  var workbookCharts:
    | Map<
        HTMLElement,
        {
          isVisible: boolean;
          render: (() => Promise<void>) | null;
          ongoing: Promise<void> | null;
        }
      >
    | undefined;
  var workbookForms: Map<string, FormChannel> | undefined;
}
