import type { VerdictStatus } from "#lib/checks/model.ts";
import type { Gap, Kind, Resource } from "#lib/inventory/model.ts";
import type { Evaluation } from "./evaluate.ts";

/** What a sink already holds of a resource, for telling what changed. */
export type Known = { hash: Uint8Array; evaluatedWith: string; verdicts: Record<string, VerdictStatus> };

/** One resource on its way into a sink. */
export type Observation = {
  resource: Resource;
  hash: Uint8Array;
  /**
   * `same`: as the sink holds it, with nothing new to say. `verdicts`: the resource is the same, and time has changed a
   * verdict. `changed`: new, changed, or judged by an older catalogue.
   */
  news: "same" | "verdicts" | "changed";
  /** Present unless `same`. */
  evaluation: Evaluation | null;
  /** The catalogue version behind the evaluation, or another word when only some checks ran. */
  evaluatedWith: string;
};

/** Where one unit's results go: PostgreSQL, or memory for the command line. The engine knows no more of it. */
export type UnitSink = {
  /** What is held of these resources, by uid; uids not held are left out. */
  known(kind: Kind, uids: readonly string[]): Promise<ReadonlyMap<string, Known>>;
  write(observations: readonly Observation[]): Promise<void>;
  gap(gap: Gap): void;
};

export type UnitReading = {
  /** The kinds that were set out to be read. */
  kinds: readonly string[];
  /** Kinds whose list is not whole; their absence proves nothing. */
  incomplete: readonly string[];
  /** Nothing at all was left unread: only then may anything be resolved. */
  clean: boolean;
  resources: number;
};
