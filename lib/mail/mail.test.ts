import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { userAccounts } from "#db/accounts/schema.ts";
import { auditReports } from "#db/audit/schema.ts";
import { createAccount, createOrganisation, createUser } from "#db/factories.ts";
import type { Role } from "#db/identity/schema.ts";
import { users } from "#db/identity/schema.ts";
import { mails, remediationApprovals, remediationPlans, remediationTargets } from "#db/remediation/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../auth/scope.ts";
import { failMail, performMail } from "./perform-mail.ts";
import { sendTestMail } from "./send-test-mail.ts";

const server = vi.hoisted(() => ({ url: "" }));
vi.mock("../env.ts", async (original) => ({
  ...(await original<typeof import("../env.ts")>()),
  env: () => ({
    auditKeys: [{ id: "test", base64: Buffer.alloc(32).toString("base64") }],
    authUrl: "https://parapet.example.com",
    mail: server.url ? { url: server.url, from: "Parapet <parapet@example.com>" } : undefined,
  }),
}));

const { db, close } = await createTestDatabase();
const password = "p@ss:word/ß";
let refusing: number | null = null;
let received: { from: string; to: string[]; raw: string; user: unknown }[] = [];

const smtp = new SMTPServer({
  disabledCommands: ["STARTTLS"],
  authOptional: false,
  allowInsecureAuth: true,
  logger: false,
  onAuth: ({ username, password: given }, _session, done) =>
    given === password ? done(null, { user: username }) : done(new Error("Wrong user or password")),
  onRcptTo: (_address, _session, done) =>
    refusing === null
      ? done()
      : done(Object.assign(new Error("Mailbox\r\nbusy"), { responseCode: refusing })),
  onData: (stream, session: SMTPServerSession, done) => {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      const { mailFrom, rcptTo } = session.envelope;
      received.push({
        from: mailFrom ? mailFrom.address : "",
        to: rcptTo.map(({ address }) => address),
        raw: unfold(Buffer.concat(parts).toString("utf8")),
        user: session.user,
      });
      done();
    });
  },
});

/** Quoted-printable, as far as these letters use it. */
const unfold = (raw: string): string => {
  const bytes = raw
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
};

let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  url = `smtp://parapet:${encodeURIComponent(password)}@127.0.0.1:${port}`;
});
beforeEach(() => {
  server.url = url;
  refusing = null;
  received = [];
});
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(resolve));
  await close();
});

async function world(role: Role = "manager") {
  const { id: organisationId } = await createOrganisation(db);
  const asker = await createUser(db, { organisationId, name: "Ana <b>Analyst</b>" });
  const reader = await createUser(db, { organisationId, role, name: "Max" });
  const account = await createAccount(db, { organisationId, name: "Acme Production" });
  return { organisationId, asker, reader, account };
}
type World = Awaited<ReturnType<typeof world>>;

async function submitted({ organisationId, asker, account }: World): Promise<string> {
  const [plan] = await db
    .insert(remediationPlans)
    .values({
      organisationId,
      playbook: "AWS-SG-RESTRICTION",
      playbookHash: "h",
      title: "Close SSH\r\nBcc: everybody@example.com",
      parameters: {},
      reason: `<img src=x onerror="alert(1)"> & "so on"`,
      risk: "medium",
      reversible: true,
      approvalsNeeded: 1,
      accountIds: [account.id],
      requestedBy: asker.id,
      correlationId: "c",
    })
    .returning();
  if (!plan) throw new Error("no plan");
  await db.insert(remediationTargets).values({
    ...{ organisationId, planId: plan.id, ordinal: 0, accountId: account.id, resourceId: "res_1" },
    ...{ uid: "arn:x", kind: "aws.ec2.security-group", region: "eu-west-1", name: "sg" },
  });
  await db
    .update(remediationPlans)
    .set({
      state: "awaiting_approval",
      document: { format: 1, playbook: { id: "x", hash: "h", title: "x" }, parameters: {}, targets: [] },
      hash: "abc",
      submittedAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    })
    .where(eq(remediationPlans.id, plan.id));
  return plan.id;
}

async function mailFor({ organisationId, reader }: World, given: Partial<typeof mails.$inferInsert>) {
  const [mail] = await db
    .insert(mails)
    .values({ organisationId, userId: reader.id, kind: "approval_asked", ...given })
    .returning();
  if (!mail) throw new Error("no mail");
  return mail.id;
}

const stateOf = async (id: string) => {
  const [mail] = await db
    .select({ status: mails.status, attempts: mails.attempts, error: mails.error })
    .from(mails)
    .where(eq(mails.id, id));
  return mail;
};

describe("an e-mail", () => {
  it("asks a manager for an approval, once, and nothing of it is taken for markup or headers", async () => {
    const w = await world();
    const planId = await submitted(w);
    const mailId = await mailFor(w, { planId });
    await performMail(db, mailId);
    await performMail(db, mailId);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: "parapet@example.com", to: [w.reader.email], user: "parapet" });
    const raw = received[0]?.raw ?? "";
    expect(raw).toContain("Subject: Approve a fix? Close SSH Bcc: everybody@example.com");
    expect(raw).not.toMatch(/^Bcc:/m);
    expect(raw).toContain(`https://parapet.example.com/remediation/${planId}`);
    expect(raw).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &quot;so on&quot;");
    expect(raw.slice(raw.indexOf("<!doctype"))).not.toMatch(/<b>|<img/);
    expect(raw).toContain("1 resource in Acme Production");
    expect(raw).toContain("Auto-Submitted: auto-generated");
    expect(await stateOf(mailId)).toEqual({ status: "sent", attempts: 1, error: null });
  });

  it("is tried again when the server is busy, and gone when every attempt failed", async () => {
    const w = await world();
    const mailId = await mailFor(w, { planId: await submitted(w) });
    refusing = 450;
    await expect(performMail(db, mailId)).rejects.toMatchObject({ code: "unavailable" });
    expect(await stateOf(mailId)).toMatchObject({
      status: "waiting",
      attempts: 1,
      error: expect.stringMatching(/^127\.0\.0\.1 refused the sender or the recipient\. It said: 450 /),
    });
    refusing = null;
    await performMail(db, mailId);
    expect(await stateOf(mailId)).toEqual({ status: "sent", attempts: 2, error: null });

    const lost = await mailFor(w, { planId: await submitted(w) });
    refusing = 550;
    await expect(performMail(db, lost)).rejects.toThrow();
    await failMail(db, lost);
    expect(await stateOf(lost)).toMatchObject({ status: "failed", attempts: 1 });
  });

  it("is not sent when it is of no use: decided on, disabled, or about accounts unseen", async () => {
    const decided = await world();
    const planId = await submitted(decided);
    const asked = await mailFor(decided, { planId });
    await db.update(remediationPlans).set({ state: "cancelled" }).where(eq(remediationPlans.id, planId));
    await performMail(db, asked);

    const disabled = await world();
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.reader.id));
    await performMail(db, await mailFor(disabled, { planId: await submitted(disabled) }));

    const unseen = await world();
    await db.update(users).set({ seesAllAccounts: false }).where(eq(users.id, unseen.reader.id));
    await performMail(db, await mailFor(unseen, { planId: await submitted(unseen) }));
    expect(received).toEqual([]);

    const { organisationId, reader, account } = unseen;
    await db.insert(userAccounts).values({ organisationId, userId: reader.id, accountId: account.id });
    await performMail(db, await mailFor(unseen, { planId: await submitted(unseen) }));
    expect(received).toHaveLength(1);
  });

  it("tells who asked what was decided", async () => {
    const w = await world();
    const planId = await submitted(w);
    await db.insert(remediationApprovals).values({
      ...{ organisationId: w.organisationId, planId, planHash: "abc", requestedBy: w.asker.id },
      ...{ userId: w.reader.id, decision: "reject", reason: "Not on a Friday" },
    });
    await db.update(remediationPlans).set({ state: "rejected" }).where(eq(remediationPlans.id, planId));
    await performMail(db, await mailFor(w, { planId, kind: "plan_decided", userId: w.asker.id }));
    expect(received[0]?.to).toEqual([w.asker.email]);
    expect(received[0]?.raw).toContain("Max rejected the fix that you proposed");
    expect(received[0]?.raw).toContain("Reason: Not on a Friday");
  });
});

describe("an audit report", () => {
  const reportMail = async (to: World, userId: string) => {
    const [report] = await db
      .insert(auditReports)
      .values({
        ...{ organisationId: to.organisationId, kind: "daily", html: "<!doctype html><p>Ünder seal</p>" },
        ...{ from: new Date("2026-11-19T00:00:00Z"), to: new Date("2026-11-20T00:00:00Z") },
      })
      .onConflictDoNothing()
      .returning({ id: auditReports.id });
    const found = report ?? (await db.query.auditReports.findFirst({ columns: { id: true } }));
    const [mail] = await db
      .insert(mails)
      .values({
        organisationId: to.organisationId,
        userId,
        kind: "audit_report",
        reportId: found?.id ?? null,
      })
      .returning({ id: mails.id });
    await performMail(db, mail?.id ?? "");
    const [ended] = await db
      .select({ status: mails.status })
      .from(mails)
      .where(eq(mails.id, mail?.id ?? ""));
    return ended?.status;
  };

  it("goes as a file to who may read the trail, and to nobody else", async () => {
    const auditors = await world("auditor");
    expect(await reportMail(auditors, auditors.reader.id)).toBe("sent");
    expect(received).toHaveLength(1);
    const [{ to, raw } = { to: [], raw: "" }] = received;
    expect(to).toEqual([auditors.reader.email]);
    expect(raw).toContain("Subject: Daily audit report: 2026-11-19");
    expect(raw).toMatch(/Content-Disposition: attachment; filename=audit-daily-2026-11-19\.html/);
    expect(raw).toContain("https://parapet.example.com/audit/reports/rpt_");
    received = [];
    expect(await reportMail(auditors, auditors.asker.id)).toBe("failed");
    await db.update(users).set({ seesAllAccounts: false }).where(eq(users.id, auditors.reader.id));
    expect(await reportMail(auditors, auditors.reader.id)).toBe("failed");
    expect(received).toEqual([]);
  });
});

describe("the test e-mail", () => {
  it("goes to who asks for it, and says what the server said when it doesn't", async () => {
    const { organisationId, reader } = await world("admin");
    const scope = Scope.ofUser({ id: reader.id, organisationId, role: "admin" });
    expect(await sendTestMail(db, scope)).toEqual({ to: reader.email, sent: true, error: null });
    expect(received[0]?.to).toEqual([reader.email]);

    server.url = url.replace(encodeURIComponent(password), "wrong");
    const refused = await sendTestMail(db, scope);
    expect(refused).toMatchObject({
      sent: false,
      error: expect.stringContaining("refused the user or the password"),
    });
    expect(JSON.stringify(await db.select().from(mails))).not.toContain("wrong");
  });

  it("is refused where no server is configured, and to who may not", async () => {
    const { organisationId, reader } = await world("admin");
    server.url = "";
    const scope = Scope.ofUser({ id: reader.id, organisationId, role: "admin" });
    await expect(sendTestMail(db, scope)).rejects.toMatchObject({ code: "unavailable" });
    const manager = Scope.ofUser({ id: reader.id, organisationId, role: "manager" });
    await expect(sendTestMail(db, manager)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("says when there is nobody at the server's address", async () => {
    const { organisationId, reader } = await world("admin");
    server.url = "smtp://127.0.0.1:1";
    const scope = Scope.ofUser({ id: reader.id, organisationId, role: "admin" });
    expect(await sendTestMail(db, scope)).toMatchObject({
      sent: false,
      error: expect.stringContaining("127.0.0.1:1 could not be reached"),
    });
  });
});
