import { AwsError, type Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { type IamState, iam, type KeyState, type RootState, type UserState } from "./state.ts";

const columns = [
  ...["user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed"],
  ...["password_next_rotation", "mfa_active"],
  ...[1, 2].flatMap((n) =>
    ["active", "last_rotated", "last_used_date", "last_used_region", "last_used_service"].map(
      (column) => `access_key_${n}_${column}`,
    ),
  ),
  ...["cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated"],
  "additional_credentials_info",
];

const lifetimeMs = 4 * 3_600_000;

/** The credential report: begun by one call, ready at the next, and then the same for four hours, whatever happens. */
export const credentialReportHandlers = {
  GenerateCredentialReport: (_input, call) => {
    const state = iam(call);
    if (state.report && !hasExpired(state.report, call)) return { State: "COMPLETE" };
    state.report = { content: writeReport(state, call), generatedAt: call.now };
    return { State: "STARTED", Description: "No report exists. Starting a new report generation task" };
  },
  GetCredentialReport: (_input, call) => {
    const { report } = iam(call);
    if (!report) {
      throw new AwsError("ReportNotPresent", "No report is present. Please request a new one.", 410);
    }
    if (hasExpired(report, call)) {
      throw new AwsError("ReportExpired", "The report has expired. Please request a new one.", 410);
    }
    return {
      Content: new TextEncoder().encode(report.content),
      ReportFormat: "text/csv",
      GeneratedTime: report.generatedAt,
    };
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

function hasExpired({ generatedAt }: { generatedAt: Date }, { now }: Call): boolean {
  return now.getTime() - generatedAt.getTime() >= lifetimeMs;
}

function writeReport(state: IamState, call: Call): string {
  const maxAgeDays = state.passwordPolicy?.MaxPasswordAge;
  const rows = [...state.users.values()].map((user) => describeUser(user, maxAgeDays));
  return [columns, describeRoot(state.root, call.account), ...rows].map(toLine).join("\n");
}

function describeRoot(root: RootState, account: string): string[] {
  return [
    "<root_account>",
    `arn:aws:iam::${account}:root`,
    toTime(root.createdAt),
    root.password ? "not_supported" : "false",
    root.password ? (root.password.lastUsedAt ? toTime(root.password.lastUsedAt) : "no_information") : "N/A",
    root.password ? "not_supported" : "N/A",
    root.password ? "not_supported" : "N/A",
    String(root.mfa !== "none"),
    ...describeKey(root.accessKeys[0]),
    ...describeKey(root.accessKeys[1]),
    ...noCertificates,
  ];
}

function describeUser({ user, password, accessKeys, mfaDevices }: UserState, maxAgeDays?: number): string[] {
  const expires = password && maxAgeDays ? password.changedAt.getTime() + maxAgeDays * 86_400_000 : null;
  return [
    user.UserName ?? "",
    user.Arn ?? "",
    toTime(user.CreateDate ?? new Date(0)),
    String(password !== null),
    password ? (password.lastUsedAt ? toTime(password.lastUsedAt) : "no_information") : "N/A",
    password ? toTime(password.changedAt) : "N/A",
    expires ? toTime(new Date(expires)) : "N/A",
    String(mfaDevices.length > 0),
    ...describeKey(accessKeys[0]),
    ...describeKey(accessKeys[1]),
    ...noCertificates,
  ];
}

const noCertificates = ["false", "N/A", "false", "N/A", "N/A"];

function describeKey(key: Omit<KeyState, "secretAccessKey"> | undefined): string[] {
  if (!key) return ["false", "N/A", "N/A", "N/A", "N/A"];
  const { metadata, lastUsed } = key;
  return [
    String(metadata.Status === "Active"),
    metadata.CreateDate ? toTime(metadata.CreateDate) : "N/A",
    lastUsed?.LastUsedDate ? toTime(lastUsed.LastUsedDate) : "N/A",
    lastUsed?.Region ?? "N/A",
    lastUsed?.ServiceName ?? "N/A",
  ];
}

/** The report's own notation, such as `2024-03-05T06:07:08+00:00`. */
function toTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}

function toLine(fields: string[]): string {
  return fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",");
}
