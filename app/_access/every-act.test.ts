import { describe, expect, it } from "vitest";
import type { JobName } from "#lib/jobs/queue.ts";
import { type Entry, listActions, listMutations, listRoutes, listSources, readSource } from "./enumerate.ts";

/** What is written to the trail by its name, anywhere in the product. */
const everything = listSources("lib/**/*.ts")
  .map((file) => readSource(file).replace(/\bact: \{[^}]*\}/g, ""))
  .join("\n");
const isWritten = (action: string) => everything.includes(`action: "${action}"`) || isComposed(action);
/** Names that are put together, such as `exception.${decision}`. */
const isComposed = (action: string) => everything.includes(`action: \`${action.split(".")[0]}.\${`);

/** Jobs, and what of theirs stands in the trail; where nothing does, why. */
const jobs: Record<JobName, readonly string[] | { none: string }> = {
  "scan-plan": ["scan.end"],
  "scan-plan-dead": ["scan.end"],
  "scan-unit": ["scan.end"],
  "scan-unit-dead": ["scan_unit.fail"],
  "scan-due": ["scan.start"],
  "account-delete": ["account.deleted"],
  "source-sync": ["account_source.sync"],
  "triage-change": ["finding.mute"],
  "triage-expire": ["exception.expire"],
  "sla-apply": ["sla_policy.apply"],
  "import-report": ["import.finish"],
  "import-report-dead": ["import.finish"],
  "mail-send": ["mail.send"],
  "mail-send-dead": ["mail.send"],
  "remediation-plan": ["remediation_plan.plan"],
  "remediation-plan-dead": ["remediation_plan.plan"],
  "remediation-step": ["remediation_step.begin", "remediation_step.apply", "remediation_step.skip"],
  "remediation-step-dead": ["remediation_step.fail"],
  "remediation-rollback": ["remediation_step.roll_back"],
  "remediation-rollback-dead": ["remediation_step.roll_back_failed"],
  "remediation-verify": ["remediation_target.verify", "remediation_plan.end"],
  "remediation-tick": ["remediation_plan.expire", "remediation_secret.destroy"],
  "audit-retain": ["audit.release"],
  "audit-archive": ["audit_archive.write"],
  "audit-verify-tail": ["audit.broken"],
  "audit-verify": ["audit.broken"],
  "audit-reports": ["audit_report.make"],
  "audit-deliver": { none: "an entry for each delivery of an entry would never end" },
  "audit-deliver-dead": { none: "an entry for each delivery of an entry would never end" },
  "audit-deliveries-prune": { none: "it forgets what was delivered; the entries themselves stay" },
  "audit-alerts": ["alert.raise"],
  "audit-alert-tell": ["alert.fail"],
  "audit-alert-tell-dead": ["alert.fail"],
};

/** Route handlers other than reads by `answerRead`. */
const routes: Readonly<Record<string, readonly string[] | { none: string }>> = {
  "GET /api/auth/[...nextauth]": { none: "it tells a browser of its own session" },
  "POST /api/auth/[...nextauth]": ["session.sign-in", "session.sign-out", "session.refuse"],
  "GET /api/auth/signin/oidc": { none: "it sends a browser to the provider, and knows nobody yet" },
  "GET /api/auth/callback/oidc": ["session.sign-in", "session.refuse"],
  "GET /api/events": { none: "it tells that something changed, not what" },
  "GET /api/health": { none: "it tells whether the installation works" },
  "POST /api/imports": ["import.start"],
  "GET /api/audit/archives/[archiveId]": ["audit_archive.download"],
  "GET /api/audit/entries/[entryId]/proof": ["audit_entry.prove"],
  "POST /api/audit/export": ["audit_export.start", "audit_export.finish"],
  "GET /api/audit/reports/[reportId]": ["audit_report.download"],
};

/** Server actions that are no mutation's. */
const actions: Readonly<Record<string, readonly string[] | { none: string }>> = {
  "app/(auth)/sign-in/actions.ts#signInAsPersona": ["session.sign-in", "session.refuse"],
  "app/(auth)/sign-in/actions.ts#signInWithPassword": ["session.sign-in", "session.refuse"],
  "app/(auth)/link/actions.ts#openLinkAction": {
    none: "it shows what a link is for; a wrong one is an entry",
  },
  "app/(auth)/link/actions.ts#acceptLinkAction": ["user.set_password", "session.sign-in"],
  "app/(auth)/setup/actions.ts#createAdministrator": ["user.create", "session.sign-in"],
  "app/_actions/preferences.ts#keepTheme": { none: "it is kept in the browser alone" },
  "app/_actions/preferences.ts#keepRail": { none: "it is kept in the browser alone" },
};

/** The text of one function or constant of a file, to the next that is exported. */
function textOf({ file, name }: Entry): string {
  const text = readSource(file);
  const from = text.search(new RegExp(`\\b(?:function|const) ${name}\\b`));
  const rest = text.slice(from + 1);
  const to = rest.search(/^export /m);
  return to < 0 ? rest : rest.slice(0, to);
}

describe("on the trail there is", () => {
  it.each(listMutations())("an act with a name of $key, done or not", (entry) => {
    const text = textOf(entry);
    const act = /\bact: \{\s*action: "(\w+\.[\w-]+)",\s*kind: "(\w+)"/.exec(text);
    expect(act, "Name the act, so that its refusals and failures are told of.").not.toBeNull();
  });

  it("something of every job, or a reason for nothing", () => {
    const queue = readSource("lib/jobs/queue.ts");
    const declared = /export type Jobs = \{(.*?)^\};/ms.exec(queue)?.[1] ?? "";
    const named = [...declared.matchAll(/^ {2}"([\w-]+)"/gm)].map(([, name]) => name);
    expect(Object.keys(jobs).sort()).toEqual(named.sort());
    expect(unwritten(jobs)).toEqual([]);
  });

  it("something of every route handler that isn't a mere read", () => {
    const isRead = ({ name, file }: Entry) => name === "GET" && /\banswerRead\(/.test(readSource(file));
    // The interface for programs has a registry of its own, whose writes are mutations.
    const isApi = ({ key }: Entry) => key.includes(" /api/v1/");
    const others = listRoutes().filter((entry) => !isRead(entry) && !isApi(entry));
    expect(others.map(({ key }) => key).filter((key) => !(key in routes))).toEqual([]);
    expect(unwritten(routes)).toEqual([]);
    const keys = listRoutes().map(({ key }) => key);
    expect(Object.keys(routes).filter((key) => !keys.includes(key))).toEqual([]);
  });

  it("something of every server action", () => {
    const isMutation = (entry: Entry) => /\b(runAction|runAct|makeLink)\b/.test(textOf(entry));
    const others = listActions().filter((entry) => !isMutation(entry));
    expect(others.map(({ key }) => key).sort()).toEqual(Object.keys(actions).sort());
    expect(unwritten(actions)).toEqual([]);
  });
});

const unwritten = (table: Readonly<Record<string, readonly string[] | { none: string }>>) =>
  Object.entries(table).flatMap(([key, told]) =>
    "none" in told ? [] : told.filter((action) => !isWritten(action)).map((action) => `${key}: ${action}`),
  );
