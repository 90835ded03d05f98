import { parse, stringify } from "yaml";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Playbook } from "#lib/remediation/playbook.ts";
import { documentOf } from "./playbook-text.ts";

export type PlaybookProblem = {
  /** Such as `actions.0.operation`; empty for the whole. */
  path: string;
  message: string;
  /** In the file, from 1; null where there is none. */
  line: number | null;
};

export type Judged = {
  /** As a YAML file; the text itself, when that is what was given. */
  text: string;
  /** As far as it can be read at all, whatever is wrong with it; null for what is no YAML or JSON. */
  document: Record<string, unknown> | null;
  problems: PlaybookProblem[];
};

/**
 * What is wrong with a playbook that somebody writes, whether it is given as text or as a form's content. Brings the
 * clouds' SDKs along, since it asks each action whether it can be done.
 */
export async function judgePlaybook(scope: Scope, given: string | Record<string, unknown>): Promise<Judged> {
  scope.require("remediation:manage");
  const { lineOf, parsePlaybook, validatePlaybook } = await import("#lib/remediation/playbook-document.ts");
  const { registerBuiltInActions } = await import("#lib/remediation/register.ts");
  registerBuiltInActions();
  const isText = typeof given === "string";
  const source = isText ? given : JSON.stringify(given);
  const format = source.trimStart().startsWith("{") ? "json" : "yaml";
  let playbook: Playbook;
  try {
    playbook = parsePlaybook(source, format);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const named = Object.entries(error.fields);
    const problems =
      named.length > 0
        ? named.map(([path, message]) => placed(path === "playbook" ? "" : path, message))
        : [placed("", error.message.replace("The playbook won't do. ", ""))];
    const document = isText ? readLoosely(source, named.length > 0) : given;
    return { text: isText ? given : toText(given), document, problems };
  }
  const found = await validatePlaybook(playbook);
  return {
    text: isText ? given : toText(documentOf(playbook)),
    document: { ...documentOf(playbook) },
    problems: found.map(({ path, message }) => placed(path, message)),
  };

  function placed(path: string, message: string): PlaybookProblem {
    return { path, message, line: isText ? (lineOf(source, path) ?? null) : null };
  }
}

const toText = (document: Record<string, unknown>): string =>
  stringify(document, { lineWidth: 100, aliasDuplicateObjects: false });

/** Whatever the text holds, when it is known to be well formed. */
function readLoosely(text: string, wellFormed: boolean): Record<string, unknown> | null {
  if (!wellFormed) return null;
  const found: unknown = parse(text);
  return typeof found === "object" && found !== null && !Array.isArray(found)
    ? (found as Record<string, unknown>)
    : null;
}
