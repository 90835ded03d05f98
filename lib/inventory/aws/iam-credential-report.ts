import { setTimeout as sleep } from "node:timers/promises";
import { GenerateCredentialReportCommand, GetCredentialReportCommand } from "@aws-sdk/client-iam";
import { parse } from "csv-parse/sync";
import { MalformedAnswer, oneOf, required, timeOf } from "../answers.ts";
import type { AwsContext } from "./collector.ts";
import type { AccessKey, Credentials } from "./iam.kinds.ts";
import { numberKeys, wordOf } from "./iam-credentials.ts";

export const credentialReportPermissions = [
  "iam:GenerateCredentialReport",
  "iam:GetCredentialReport",
] as const;

/** How often, and how many times, to ask whether the report is ready; it usually is within seconds. */
const pollMs = 1_000;
const maxPolls = 90;

/** One row: whose it is by the time that the user was created, since a name may be given anew. */
type ReportRow = { createdAt: string | null; credentials: Credentials };

/** The credential report: one row per user by its ARN, root's included. */
export type CredentialReport = {
  users: Map<string, ReportRow>;
  root: Credentials | null;
  generatedAt: Date;
  /**
   * False when it was there already, and so may tell of what has changed since: AWS makes a new one every four hours at
   * most. One that is being made when first asked for counts as new; it is done within seconds.
   */
  isNew: boolean;
};

/**
 * Has the report made and reads it. A refusal, or a report that isn't ready in time, becomes one gap, on the account,
 * and `undefined`.
 */
export async function readCredentialReport(context: AwsContext): Promise<CredentialReport | undefined> {
  const { account, partition, clients, signal, read } = context;
  const uid = `arn:${partition}:iam::${account}:root`;
  const made = await read(uid, "iam:GenerateCredentialReport", () => awaitReport(context));
  if (!made) return undefined;
  const report = await read(uid, "iam:GetCredentialReport", async () => {
    const answer = await clients.iam.send(new GetCredentialReportCommand({}), { abortSignal: signal });
    return {
      ...parseReport(Buffer.from(required(answer.Content, "Content")).toString("utf8")),
      generatedAt: required(answer.GeneratedTime, "GeneratedTime"),
      isNew: made.isNew,
    };
  });
  return report ?? undefined;
}

/** Asks for the report until it is complete; at once, where there is one already. */
async function awaitReport({ clients, signal }: AwsContext) {
  for (let poll = 0; poll < maxPolls; poll += 1) {
    if (poll > 0) await sleep(pollMs, undefined, { signal });
    const answer = await clients.iam.send(new GenerateCredentialReportCommand({}), { abortSignal: signal });
    const state = oneOf(answer.State, ["STARTED", "INPROGRESS", "COMPLETE"], "State");
    if (state === "COMPLETE") return { isNew: poll > 0 };
  }
  const error = new Error(`The credential report was not ready after ${(maxPolls * pollMs) / 1000} s.`);
  error.name = "TimeoutError";
  throw error;
}

function parseReport(csv: string): Pick<CredentialReport, "users" | "root"> {
  const users = new Map<string, ReportRow>();
  let root: Credentials | null = null;
  for (const row of rowsOf(csv)) {
    const arn = required(row.arn, "arn");
    if (row.user === "<root_account>") root = credentialsOf(row, true);
    else {
      const createdAt = timeIn(row, "user_creation_time");
      users.set(arn, { createdAt, credentials: credentialsOf(row, false) });
    }
  }
  return { users, root };
}

type Row = Readonly<Record<string, string | undefined>>;

function rowsOf(csv: string): Row[] {
  let rows: unknown;
  try {
    rows = parse(csv, { columns: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    throw new MalformedAnswer("The credential report is not CSV.", { cause });
  }
  if (!Array.isArray(rows) || rows.length === 0) throw new MalformedAnswer("The credential report is empty.");
  return rows;
}

function credentialsOf(row: Row, isRoot: boolean): Credentials {
  return {
    passwordEnabled: passwordEnabledOf(row, isRoot),
    passwordLastUsedAt: timeIn(row, "password_last_used"),
    passwordChangedAt: timeIn(row, "password_last_changed"),
    mfaActive: booleanIn(row, "mfa_active"),
    accessKeys: numberKeys(([1, 2] as const).flatMap((n) => accessKeyOf(row, n))),
  };
}

/** Root always has a password; the report used to call that column "not_supported". */
function passwordEnabledOf(row: Row, isRoot: boolean): boolean {
  const value = required(row.password_enabled, "password_enabled").toLowerCase();
  if (value === "not_supported") return isRoot;
  return value === "n/a" ? false : booleanIn(row, "password_enabled");
}

/** A slot that never held a key is neither active nor was it ever rotated. */
function accessKeyOf(row: Row, n: 1 | 2): Omit<AccessKey, "n">[] {
  const key = `access_key_${n}`;
  const active = booleanIn(row, `${key}_active`);
  const createdAt = timeIn(row, `${key}_last_rotated`);
  if (!active && createdAt === null) return [];
  return [
    {
      active,
      createdAt,
      lastUsedAt: timeIn(row, `${key}_last_used_date`),
      lastUsedRegion: textIn(row, `${key}_last_used_region`),
      lastUsedService: textIn(row, `${key}_last_used_service`),
    },
  ];
}

function booleanIn(row: Row, column: string): boolean {
  const value = required(row[column], column).toLowerCase();
  if (value !== "true" && value !== "false")
    throw new MalformedAnswer(`${column} is neither true nor false.`);
  return value === "true";
}

/** `null` for the report's words for nothing. */
const textIn = (row: Row, column: string): string | null => wordOf(required(row[column], column));

function timeIn(row: Row, column: string): string | null {
  const value = textIn(row, column);
  return value === null ? null : timeOf(new Date(value));
}
