import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { getReport, getReportPlan, listReports } from "#db/audit/reports.ts";
import { auditPolicies, auditReports } from "#db/audit/schema.ts";
import { createScope } from "#db/factories.ts";
import { users } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { appendAudit } from "../append.ts";
import { readTestTrail } from "../test-trail.ts";
import { eraseFromReports } from "./erase-from-reports.ts";
import { ReportPlan } from "./model.ts";
import { performReports } from "./perform-reports.ts";
import { deleteReport } from "./verbs/delete-report.ts";
import { makeReport } from "./verbs/make-report.ts";
import { setReportPlan } from "./verbs/set-report-plan.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const hostile = `<script>alert(1)</script>" onload='x' \u202egnp.exe`;
const admin = await createScope(db, { role: "admin" });
const { organisationId } = admin;
const entry = (record: Parameters<typeof appendAudit>[2]) =>
  db.transaction((tx) => appendAudit(tx, admin, record));
await entry({
  action: "scan.end",
  object: { kind: "scan", id: "scn_1" },
  after: { status: "succeeded" },
  durationMs: 1_500,
});
await entry({ action: "remediation_plan.submit", object: { kind: "remediation_plan", id: "pln_1" } });
await entry({ action: "remediation_plan.approve", object: { kind: "remediation_plan", id: "pln_1" } });
await entry({
  action: "account.test",
  object: { kind: "account", id: hostile },
  result: "failed",
  after: { name: hostile, error: hostile },
});
const dayAgo = () => new Date(Date.now() - 86_400_000).toISOString();
const signal = new AbortController().signal;
const newest = async () => (await readTestTrail(db, organisationId)).at(-1);

describe("a report that is asked for", () => {
  it("is kept, and tells what happened without letting any of it become markup", async () => {
    const { reportId } = await makeReport(db, admin, { from: dayAgo(), timeZone: "Europe/Vienna" });
    const { html, ...facts } = await getReport(db, admin, reportId);
    expect(facts).toEqual({
      ...{ id: reportId, kind: "custom", from: expect.any(String), to: expect.any(String) },
      ...{ createdAt: expect.any(String), size: Buffer.byteLength(html) },
      createdBy: { id: admin.actor.id, name: expect.any(String) },
    });
    expect(html).not.toMatch(/<script|onload='|\u202e|(?:src|href)=/);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain("default-src &#39;none&#39;");
    expect(html).toMatch(/4 acts were recorded.* 0 were refused, 1 failed\./);
    expect(html).toMatch(
      /Scans ended<\/th><td class="n">1<\/td><td class="soft">1 succeeded; half took within 1\.5 s/,
    );
    expect(html).toMatch(/Approvals given<\/th><td class="n">1<\/td><td class="soft">half decided within/);
    expect(await newest()).toMatchObject({
      action: "audit_report.make",
      objectId: reportId,
      after: { kind: "custom", timeZone: "Europe/Vienna", entries: 4 },
    });
  });

  it.each([
    ["ends before it begins", { from: "2026-11-02T00:00:00Z", to: "2026-11-01T00:00:00Z" }, "it begins"],
    ["is longer than a year", { from: "2020-01-01T00:00:00Z" }, "a year at most"],
    ["is nowhere", { from: dayAgo(), timeZone: "Mars/Olympus" }, "There is no such time zone"],
  ])("is refused when its period %s", async (_, input, words) => {
    await expect(makeReport(db, admin, input)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining(words),
    });
  });

  it("is nobody else's", async () => {
    const { reportId } = await makeReport(db, admin, { from: dayAgo() });
    const stranger = await createScope(db, { role: "admin" });
    await expect(getReport(db, stranger, reportId)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteReport(db, stranger, { reportId })).rejects.toMatchObject({ code: "not_found" });
    expect((await listReports(db, stranger)).reports).toEqual([]);
    const analyst = await createScope(db, { role: "analyst", organisationId });
    await expect(makeReport(db, analyst, { from: dayAgo() })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("can be deleted, which is told", async () => {
    const { reportId } = await makeReport(db, admin, { from: dayAgo() });
    await deleteReport(db, admin, { reportId });
    await expect(getReport(db, admin, reportId)).rejects.toMatchObject({ code: "not_found" });
    expect(await newest()).toMatchObject({ action: "audit_report.delete", objectId: reportId });
  });

  it("loses the name of a person who is erased", async () => {
    const { reportId } = await makeReport(db, admin, { from: dayAgo() });
    const before = await getReport(db, admin, reportId);
    const named = `<b data-user="${admin.actor.id}">${before.createdBy?.name}</b>`;
    expect(before.html).toContain(named);
    await db.transaction((tx) => eraseFromReports(tx, organisationId, admin.actor.id));
    const { html } = await getReport(db, admin, reportId);
    expect(html).not.toContain(named);
    expect(html).toContain(`<b data-user="${admin.actor.id}">an erased person</b>`);
  });

  it("loses the name of an erased person whom something was done to", async () => {
    const [user] = await db
      .update(users)
      .set({ name: "Wanda & Co" })
      .where(eq(users.id, (await createScope(db, { organisationId })).actor.id))
      .returning({ id: users.id });
    const id = user?.id ?? "";
    await entry({ action: "user.disable", object: { kind: "user", id } });
    const { reportId } = await makeReport(db, admin, { from: dayAgo() });
    const named = `“<b data-user="${id}">Wanda &amp; Co</b>”`;
    expect((await getReport(db, admin, reportId)).html).toContain(named);
    await db.transaction((tx) => eraseFromReports(tx, organisationId, id));
    const { html } = await getReport(db, admin, reportId);
    expect(html).not.toContain("Wanda");
    expect(html).toContain(`“<b data-user="${id}">an erased person</b>”`);
  });

  it("is found page by page", async () => {
    const all = (await listReports(db, admin)).reports.map(({ id }) => id);
    const met: string[] = [];
    let after: string | undefined;
    do {
      const page = await listReports(db, admin, { limit: 1, ...(after === undefined ? {} : { after }) });
      met.push(...page.reports.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(met).toEqual(all);
  });
});

describe("the schedule", () => {
  const plan = { timeZone: "UTC", daily: { hour: 6 }, weekly: null, recipients: [] as string[] };

  it("is set once by each who looked at it", async () => {
    await setReportPlan(db, admin, { ...plan, revision: 0 });
    expect(await getReportPlan(db, admin)).toEqual({
      ...plan,
      daily: { hour: 6, since: expect.any(String) },
      revision: 1,
    });
    expect(await newest()).toMatchObject({
      action: "audit_report.schedule",
      after: { timeZone: "UTC", daily: { hour: 6 }, weekly: null, recipients: [] },
    });
    await expect(setReportPlan(db, admin, { ...plan, revision: 0 })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("sends to nobody who may not read the trail", async () => {
    const analyst = await createScope(db, { role: "analyst", organisationId });
    await expect(
      setReportPlan(db, admin, { ...plan, recipients: [analyst.actor.id], revision: 1 }),
    ).rejects.toMatchObject({ code: "invalid_input", fields: { recipients: expect.any(String) } });
  });

  it("makes each report once, whoever asks how often, and makes none for before it was set", async () => {
    expect(await performReports(db, new Date(), signal)).toBe(0);
    const since = new Date(Date.now() - 2 * 86_400_000).toISOString();
    const [row] = await db
      .select()
      .from(auditPolicies)
      .where(eq(auditPolicies.organisationId, organisationId));
    const reports = { ...ReportPlan.parse(row?.reports), daily: { hour: 0, since } };
    await db.update(auditPolicies).set({ reports }).where(eq(auditPolicies.organisationId, organisationId));
    const made = await Promise.all([
      performReports(db, new Date(), signal),
      performReports(db, new Date(), signal),
    ]);
    expect(made[0] + made[1]).toBe(2);
    expect(await performReports(db, new Date(), signal)).toBe(0);
    const rows = await db
      .select({
        from: auditReports.from,
        to: auditReports.to,
        by: auditReports.createdBy,
        id: auditReports.id,
      })
      .from(auditReports)
      .where(sql`${auditReports.organisationId} = ${organisationId} and ${auditReports.kind} = 'daily'`)
      .orderBy(auditReports.from);
    const midnight = new Date().setUTCHours(0, 0, 0, 0);
    expect(rows.map(({ from, to, by }) => [from.getTime(), to.getTime(), by])).toEqual([
      [midnight - 2 * 86_400_000, midnight - 86_400_000, null],
      [midnight - 86_400_000, midnight, null],
    ]);
    await expect(deleteReport(db, admin, { reportId: rows[0]?.id ?? "" })).rejects.toMatchObject({
      code: "conflict",
    });
    const told = (await readTestTrail(db, organisationId)).filter(
      ({ actorId, action }) => actorId === "audit-reports" && action === "audit_report.make",
    );
    expect(told.map(({ objectId, after }) => [objectId, after?.kind])).toEqual(
      rows.map(({ id }) => [id, "daily"]),
    );
  });
});
