import { join, resolve } from "node:path";
import { env } from "../../env.ts";
import { StartError } from "../../start-error.ts";
import type { Anchor } from "./anchor.ts";
import { fileAnchor } from "./file.ts";
import { s3Anchor } from "./s3.ts";

/** The anchors of PARAPET_AUDIT_ANCHORS; a file in the data directory when there are none. Throws a StartError. */
export function configuredAnchors(): Anchor[] {
  const { auditAnchors, dataDir } = env();
  return parseAnchors(auditAnchors ?? `file:${join(dataDir, "audit-anchor.ndjson")}`);
}

/** The anchors of a list, several with a comma between. Throws a StartError for one that won't do. */
export function parseAnchors(text: string): Anchor[] {
  const anchors = text
    .split(/,(?=\s*(?:file|s3):)/)
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map(parseAnchor);
  const names = new Set<string>();
  for (const { name } of anchors) {
    if (names.has(name)) throw wrong(`names ${name} twice`);
    names.add(name);
  }
  return anchors;
}

function parseAnchor(text: string): Anchor {
  const [, path] = /^file:(?:\/\/(?=\/))?(.+)$/.exec(text) ?? [];
  if (path !== undefined) return fileAnchor(resolve(path));
  if (!text.startsWith("s3:") || !URL.canParse(text)) {
    throw wrong(
      "must be file:/path or s3://bucket/prefix?region=eu-central-1&days=365, several with a comma between",
    );
  }
  const url = new URL(text);
  if (url.hostname === "" || url.username !== "" || url.password !== "") {
    throw wrong("must name a bucket and no credentials, such as s3://bucket/prefix?region=eu-central-1");
  }
  const settings = Object.fromEntries(url.searchParams);
  const { region, days, endpoint, ...others } = settings;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw wrong(`has ${other}, which no bucket takes; it takes region, days and endpoint`);
  if (days !== undefined && !/^[1-9]\d{0,4}$/.test(days))
    throw wrong("must give days as a whole number from 1");
  if (endpoint !== undefined && !isEndpoint(endpoint)) {
    throw wrong("must give endpoint as a URL such as https://s3.example.com, without credentials");
  }
  return s3Anchor({
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, ""),
    ...(region === undefined ? {} : { region }),
    ...(days === undefined ? {} : { days: Number(days) }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}

const wrong = (what: string) => new StartError(`PARAPET_AUDIT_ANCHORS ${what}.`);
