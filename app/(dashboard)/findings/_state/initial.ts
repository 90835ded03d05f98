import type { FindingPage } from "#db/findings/model.ts";
import type { SavedView } from "#db/triage/queries.ts";
import type { PanelView } from "../_panel/panel-view.ts";
import type { FacetView } from "../facets.ts";
import type { GroupPage } from "../read-findings.ts";

/** What the server rendered the page with, under the queries that it answers. */
export type Initial = {
  /** Null where groups are shown instead. */
  list: { query: string; page: FindingPage } | null;
  groups: { query: string; page: GroupPage } | null;
  facets: { query: string; view: FacetView };
  finding: PanelView | null;
  views: SavedView[];
};

/** What may be done here, by role. */
export type Abilities = {
  triage: boolean;
  askRisk: boolean;
  decideRisk: boolean;
  shareViews: boolean;
  proposeFixes: boolean;
  /** Whether the audit trail may be read. */
  readTrail: boolean;
};

/** What is known of scans: whether one is under way, whether any has ended, and what the last could not read. */
export type ScanState = { runningId: string | null; hasEnded: boolean; unread: number };
