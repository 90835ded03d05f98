import { describe, expect, it } from "vitest";
import { readSample, readText } from "../test-reports.ts";

const columns = [
  "TIMESTAMP",
  "ACCOUNT_UID",
  "PROVIDER",
  "CHECK_ID",
  "CHECK_TITLE",
  "STATUS",
  "STATUS_EXTENDED",
  "MUTED",
  "SERVICE_NAME",
  "SEVERITY",
  "RESOURCE_TYPE",
  "RESOURCE_UID",
  "RESOURCE_NAME",
  "RESOURCE_TAGS",
  "REGION",
  "RISK",
  "REMEDIATION_RECOMMENDATION_TEXT",
  "REMEDIATION_RECOMMENDATION_URL",
  "PROWLER_VERSION",
] as const;
const usual: Record<(typeof columns)[number], string> = {
  TIMESTAMP: "2026-01-02 03:04:05.678",
  ACCOUNT_UID: "111122223333",
  PROVIDER: "aws",
  CHECK_ID: "s3_bucket_public_access",
  CHECK_TITLE: "Bucket is closed",
  STATUS: "FAIL",
  STATUS_EXTENDED: "Bucket a is public.",
  MUTED: "False",
  SERVICE_NAME: "s3",
  SEVERITY: "critical",
  RESOURCE_TYPE: "AwsS3Bucket",
  RESOURCE_UID: "arn:aws:s3:::a",
  RESOURCE_NAME: "a",
  RESOURCE_TAGS: "owner=web team | env=prod=1",
  REGION: "eu-west-1",
  RISK: "Anyone reads it.",
  REMEDIATION_RECOMMENDATION_TEXT: "Close it.",
  REMEDIATION_RECOMMENDATION_URL: "https://example.com/a",
  PROWLER_VERSION: "5.2.0",
};
const quoted = (cell: string) => (/[;,"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const line = (change: Partial<typeof usual> = {}, delimiter = ";") =>
  columns.map((column) => quoted(change[column] ?? usual[column])).join(delimiter);
const csv = (...changes: Partial<typeof usual>[]) =>
  [columns.join(";"), ...changes.map((one) => line(one))].join("\n");

const finding = {
  account: { externalId: "111122223333", cloud: "aws" },
  check: {
    id: "prowler.s3_bucket_public_access",
    name: "s3_bucket_public_access",
    source: "prowler",
    title: "Bucket is closed",
    severity: "critical",
    risk: "Anyone reads it.",
    remediation: "Close it.",
    url: "https://example.com/a",
  },
  status: "fail",
  resource: {
    uid: "arn:aws:s3:::a",
    name: "a",
    kind: "imported.aws-s3-bucket",
    service: "s3",
    region: "eu-west-1",
    tags: { owner: "web team", env: "prod=1" },
  },
  reason: "Bucket a is public.",
  observedAt: new Date("2026-01-02T03:04:05.678Z"),
};
const row = { row: 2, subject: "s3_bucket_public_access · arn:aws:s3:::a", finding };

describe("readProwlerCsv", () => {
  it("reads Prowler's own sample", async () => {
    const { rows, tool } = await readText("prowler_csv", readSample("prowler-aws.csv"));
    expect(tool).toBe("Prowler <prowler_version>");
    expect(
      rows.map(({ row: number, finding: each, reason }) => [
        number,
        each?.check.name ?? reason,
        each?.status,
      ]),
    ).toEqual([
      [2, "accessanalyzer_enabled", "fail"],
      [3, "account_maintain_current_contact_details", "manual"],
      [4, "account_maintain_different_contact_details_to_security_billing_and_operations", "fail"],
      [5, "account_security_contact_information_is_registered", "manual"],
    ]);
  });

  it.each([1, 3, 100_000])("makes a finding of a row, from pieces of %i bytes", async (length) => {
    expect(await readText("prowler_csv", csv({}), length)).toEqual({ rows: [row], tool: "Prowler 5.2.0" });
  });

  const heading = columns.join(";");
  it.each([
    ["CRLF and a byte-order mark", `\ufeff${csv({}).replaceAll("\n", "\r\n")}\r\n`],
    ["blank lines", `\n${heading}\n\n${line()}\n\n`],
    ["commas, as a spreadsheet saves it", [columns.join(","), line({}, ",")].join("\n")],
    ["tabs", [columns.join("\t"), line({}, "\t")].join("\n")],
    [
      "a quoted heading in small letters",
      [columns.map((name) => `"${name.toLowerCase()}"`).join(";"), line()].join("\n"),
    ],
    ["a row that is cut short", `${heading};MORE;COLUMNS\n${line()}`],
  ])("reads %s alike", async (_what, text) => {
    expect((await readText("prowler_csv", text)).rows).toEqual([expect.objectContaining({ finding })]);
  });

  it("reads UTF-16, as PowerShell writes it", async () => {
    const text = csv({ RESOURCE_NAME: "Büro" });
    const { rows } = await readText("prowler_csv", Buffer.from(`\ufeff${text}`, "utf16le"));
    expect(rows[0]?.finding?.resource.name).toBe("Büro");
  });

  it("keeps line breaks, separators and quotes within a quoted cell, and counts rows and not lines", async () => {
    const reason = 'Open to "all";\r\n0.0.0.0/0, ::/0';
    const { rows } = await readText("prowler_csv", csv({ STATUS_EXTENDED: reason }, { CHECK_ID: "second" }));
    expect(rows.map(({ row: number, finding: each }) => [number, each?.reason, each?.check.name])).toEqual([
      [2, reason, "s3_bucket_public_access"],
      [3, "Bucket a is public.", "second"],
    ]);
  });

  it.each([
    [{ STATUS: "PASS" }, { status: "pass" }],
    [{ STATUS: "manual" }, { status: "manual" }],
    [{ MUTED: "True" }, { status: "muted" }],
    [{ STATUS: "PASS", MUTED: "True" }, { status: "pass" }],
    [{ TIMESTAMP: "yesterday" }, { observedAt: null }],
    [{ REMEDIATION_RECOMMENDATION_URL: "javascript:alert(1)" }, { check: { ...finding.check, url: "" } }],
    [{ SEVERITY: "Informational" }, { check: { ...finding.check, severity: "info" } }],
    [
      {
        PROVIDER: "AZURE",
        RESOURCE_UID: "/SUBSCRIPTIONS/AB-1/RESOURCEGROUPS/RG/providers/Microsoft.Storage/storageAccounts/X",
      },
      {
        account: { externalId: "111122223333", cloud: "azure" },
        resource: {
          ...finding.resource,
          uid: "/subscriptions/ab-1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/X",
        },
      },
    ],
  ])("takes %j for what it says", async (change, expected) => {
    expect((await readText("prowler_csv", csv(change))).rows[0]?.finding).toMatchObject(expected);
  });

  it.each([
    [{ CHECK_ID: " " }, "CHECK_ID is empty."],
    [{ RESOURCE_UID: "" }, "RESOURCE_UID is empty."],
    [{ STATUS: "MAYBE" }, "STATUS is none of PASS, FAIL and MANUAL: MAYBE."],
    [{ SEVERITY: "huge" }, "SEVERITY is none that Parapet knows: huge."],
    [{ PROVIDER: "kubernetes" }, "Parapet has no accounts of the provider kubernetes."],
    [{ RESOURCE_UID: "é".repeat(901) }, "The resource's id has 1802 bytes; 1800 are the most."],
  ])("rejects %j, and reads on", async (change, reason) => {
    const { rows } = await readText("prowler_csv", csv(change, {}));
    expect(rows).toEqual([
      { row: 2, subject: expect.any(String), reason },
      { ...row, row: 3 },
    ]);
  });

  it.each([
    [
      "CHECK_ID;STATUS\nx;FAIL",
      /^The heading lacks ACCOUNT_UID, PROVIDER, CHECK_TITLE, SEVERITY, RESOURCE_UID; it begins with CHECK_ID, STATUS\.$/,
    ],
    [`${heading}\n"never closed;${line()}`, /^The file ends too early: a quoted cell is not closed\.$/],
    [`${heading}\n${line({ RISK: "x".repeat(1_000_100) })}`, /^A row has more than 1,000,000 characters/],
  ])("says what is wrong with the whole", async (text, message) => {
    await expect(readText("prowler_csv", text)).rejects.toMatchObject({
      name: "ReportError",
      message: expect.stringMatching(message),
    });
  });
});
