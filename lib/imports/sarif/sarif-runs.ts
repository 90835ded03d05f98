import { z } from "zod";
import { decodeText } from "../decode-text.ts";
import { type ElementPath, readElements } from "../json/read-elements.ts";
import { type Report, ReportError } from "../model.ts";
import { kept, linkOf, loose, momentOf, shorten } from "../row-fields.ts";

/** Rules and files of one run that are kept while its results are read; what is more has no title or name then. */
const maxRules = 20_000;
const maxArtifacts = 100_000;
/** Characters of rules and files of the whole log, of which the same holds: they are in memory until its end. */
const maxHeld = 64_000_000;
/** Tools write one run, or one for each of their parts. */
const maxRuns = 1_000;

export type SarifRule = {
  id: string;
  title: string;
  risk: string;
  remediation: string;
  url: string;
  level: string;
  /** 0 to 10, as CVSS; undefined when the rule has none. */
  score: number | undefined;
  /** By their ids. */
  messages: ReadonlyMap<string, string>;
};

/** What results refer to, wherever in the run it stands. */
export type SarifRun = {
  tool: string;
  version: string;
  /** By `<component>/<index>`: `driver` or the extension's place. */
  rulesByPlace: Map<string, SarifRule>;
  rulesById: Map<string, SarifRule>;
  /** Addresses of files by their place. */
  artifacts: string[];
  endedAt: Date | null;
};

const text = z.object({ text: loose, markdown: loose }).nullish();
const properties = z.record(z.string(), z.unknown()).nullish();

const ruleSchema = z.object({
  id: z.string(),
  name: loose,
  shortDescription: text,
  fullDescription: text,
  help: text,
  helpUri: loose,
  messageStrings: z.record(z.string(), z.object({ text: loose })).nullish(),
  defaultConfiguration: z.object({ level: loose }).nullish(),
  properties,
});

const invocationSchema = z.object({ endTimeUtc: loose, startTimeUtc: loose });
const locationSchema = z.object({ uri: loose });

const wanted = [
  "version",
  "runs.*.tool.driver.name",
  "runs.*.tool.driver.version",
  "runs.*.tool.driver.semanticVersion",
  "runs.*.tool.driver.rules.*",
  "runs.*.tool.extensions.*.rules.*",
  "runs.*.invocations.*",
  "runs.*.artifacts.*.location",
];
const isWanted = (path: ElementPath): boolean => path.length <= 6 && wanted.includes(path.join("."));

/** Reads all of a SARIF log but its results, since rules may stand after them. */
export async function readRuns(report: Report, most = maxHeld): Promise<SarifRun[]> {
  const runs: SarifRun[] = [];
  let held = 0;
  for await (const { path, places, value, tooLong } of readElements(decodeText(report.open()), isWanted)) {
    if (path[0] === "version") {
      requireVersion(value);
      continue;
    }
    const [at = 0, ...rest] = places;
    if (at >= maxRuns) {
      throw new ReportError(
        `It has more than ${maxRuns.toLocaleString("en-GB")} runs, which no report does.`,
      );
    }
    while (runs.length <= at) runs.push(emptyRun());
    const run = runs[at];
    if (!run || tooLong) continue;
    const what = path.slice(2).join(".");
    const isHeld = what.endsWith(".rules.*") || what === "artifacts.*.location";
    if (isHeld) held += JSON.stringify(value).length;
    if (!isHeld || held <= most) addToRun(run, what, rest, value);
  }
  return runs;
}

function requireVersion(version: unknown): void {
  if (typeof version === "string" && version.startsWith("2.1.")) return;
  throw new ReportError(`It is SARIF ${shorten(textOf(version), 40)}; only 2.1.0 can be read.`);
}

/** Objects of a report have no prototype, hence no way to be written as text. */
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** The score from 0 to 10 that many tools add; undefined where there is none. */
export function scoreOf(bag: Readonly<Record<string, unknown>> | null | undefined): number | undefined {
  const given = bag?.["security-severity"];
  if (typeof given !== "number" && (typeof given !== "string" || given.trim() === "")) return undefined;
  const score = Number(given);
  return Number.isFinite(score) ? score : undefined;
}

const emptyRun = (): SarifRun => ({
  tool: "",
  version: "",
  rulesByPlace: new Map(),
  rulesById: new Map(),
  artifacts: [],
  endedAt: null,
});

function addToRun(run: SarifRun, what: string, places: readonly number[], value: unknown): void {
  const [first = 0, second = 0] = places;
  switch (what) {
    case "tool.driver.name":
      run.tool = shorten(textOf(value), 100);
      break;
    case "tool.driver.version":
      run.version ||= shorten(textOf(value), 60);
      break;
    case "tool.driver.semanticVersion":
      run.version = shorten(textOf(value), 60);
      break;
    case "tool.driver.rules.*":
      addRule(run, `driver/${first}`, value);
      break;
    case "tool.extensions.*.rules.*":
      addRule(run, `${first}/${second}`, value);
      break;
    case "invocations.*": {
      const times = invocationSchema.safeParse(value).data;
      const moment = momentOf(times?.endTimeUtc || times?.startTimeUtc || "");
      if (moment && (run.endedAt === null || run.endedAt < moment)) run.endedAt = moment;
      break;
    }
    case "artifacts.*.location":
      if (first < maxArtifacts) run.artifacts[first] = locationSchema.safeParse(value).data?.uri ?? "";
      break;
  }
}

function addRule(run: SarifRun, place: string, value: unknown): void {
  const parsed = ruleSchema.safeParse(value);
  if (!parsed.success || run.rulesByPlace.size >= maxRules) return;
  const { data } = parsed;
  const rule: SarifRule = {
    id: shorten(data.id, 300),
    title: shorten(data.shortDescription?.text || data.name || data.id, kept.title),
    risk: shorten(data.fullDescription?.text || data.shortDescription?.text || "", kept.text),
    remediation: shorten(data.help?.text ?? "", kept.text),
    url: linkOf(data.helpUri),
    level: data.defaultConfiguration?.level ?? "",
    score: scoreOf(data.properties),
    messages: new Map(
      Object.entries(data.messageStrings ?? {})
        .slice(0, 50)
        .map(([id, message]) => [id, shorten(message.text, kept.reason)]),
    ),
  };
  run.rulesByPlace.set(place, rule);
  run.rulesById.set(rule.id, rule);
}
