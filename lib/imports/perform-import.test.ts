import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { createAccount, createUser } from "#db/factories.ts";
import { getImport, listDuplicates, listImports, listRejections } from "#db/imports/queries.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "#lib/auth/scope.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { failImport } from "./finish-import.ts";
import { performImport } from "./perform-import.ts";
import { receiveUpload } from "./receive-upload.ts";
import {
  bytesOf,
  findingsOf,
  importText,
  limits,
  type OcsfChange,
  ocsf,
  readImport,
  rejectionsOf,
  sample,
} from "./test-imports.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

async function createWorld() {
  const account = await createAccount(db);
  const user = await createUser(db, { organisationId: account.organisationId, role: "analyst" });
  const { externalId, organisationId } = account;
  const report = (...changes: OcsfChange[]) =>
    JSON.stringify(changes.map((change) => ocsf(externalId, change)));
  return { account, user, scope: Scope.ofUser(user), report, organisationId };
}

const transitionsOf = (organisationId: string) =>
  db.execute<Record<string, unknown>>(sql`
    select t.kind, t.reason, t.scan_id like 'imp\_%' as imported, t.at from finding_transitions t
    where t.organisation_id = ${organisationId} order by t.at, t.id`);

async function storeResource(
  given: { accountId: string; organisationId: string; uid: string; kind: string },
  verdicts: Record<string, string>,
) {
  await db.execute(sql`
    insert into resources (id, organisation_id, account_id, service, region, unit_region, kind, uid, name, tags, config,
      unread, hash, verdicts, evaluated_with)
    values (new_id('res'), ${given.organisationId}, ${given.accountId}, 's3', 'eu-west-1', 'global', ${given.kind},
      ${given.uid}, 'bucket', '{"owner": "web team"}', '{}', '[]', '\\x00', ${JSON.stringify(verdicts)}::jsonb, 'v')
  `);
}

const day = (n: number) => Date.UTC(2026, 0, n) / 1000;

describe("a report of Prowler's", () => {
  it("is stored whole, and changes nothing when it comes again", async () => {
    const { account, scope, organisationId } = await createWorld();
    const text = sample("prowler-aws.ocsf.json", account.externalId);
    const first = await importText(db, scope, text, { fileName: "a.json" });
    expect(await rejectionsOf(db, first.id)).toEqual([]);
    expect(first).toMatchObject({
      format: "prowler_ocsf",
      fileName: "a.json",
      tool: "Prowler <prowler_version>",
      status: "done",
      rows: 5,
      created: 2,
      updated: 0,
      unchanged: 3,
      duplicates: 0,
      rejected: 0,
      error: null,
      bytesRead: first.bytes,
    });
    const stored = await findingsOf(db, organisationId);
    expect(stored).toEqual([
      {
        checkId: "prowler.accessanalyzer_enabled",
        status: "open",
        severity: "low",
        reason: `IAM Access Analyzer in account ${account.externalId} is not enabled.`,
        source: "prowler",
        owner: "",
        service: "accessanalyzer",
        region: "region",
        reopened: 0,
        resolution: null,
        openedAt: "2025-02-14 13:27:03+00",
        due: "120 days",
        uid: "<resource_uid>",
        kind: "imported.other",
        unitRegion: "imported",
      },
      expect.objectContaining({
        checkId: "prowler.account_maintain_different_contact_details_to_security_billing_and_operations",
        uid: `arn:aws:iam::${account.externalId}:root`,
        severity: "medium",
        due: "90 days",
      }),
    ]);
    const again = await importText(db, scope, text);
    expect(again).toMatchObject({ status: "done", rows: 5, created: 0, updated: 0, unchanged: 5 });
    expect(await findingsOf(db, organisationId)).toEqual(stored);
    expect(await transitionsOf(organisationId)).toHaveLength(2);
    const pieces = await db.execute(
      sql`select from import_pieces where import_id in (${first.id}, ${again.id})`,
    );
    expect(pieces).toHaveLength(0);
  });

  it("opens, rewords, resolves and reopens its findings as time goes on, and writes their history", async () => {
    const { scope, report, organisationId } = await createWorld();
    const at = (n: number, change: OcsfChange = {}) => report({ time: day(n), ...change });
    expect(await importText(db, scope, at(1))).toMatchObject({ created: 1 });
    expect(await importText(db, scope, at(2, { detail: "Worse.", severity: "Critical" }))).toMatchObject({
      updated: 1,
      resolved: 0,
    });
    expect(await findingsOf(db, organisationId)).toEqual([
      expect.objectContaining({ reason: "Worse.", severity: "critical", due: "7 days", status: "open" }),
    ]);
    expect(await importText(db, scope, at(3, { status: "PASS" }))).toMatchObject({ updated: 1, resolved: 1 });
    expect(await importText(db, scope, at(4))).toMatchObject({ updated: 1, resolved: 0 });
    expect(await findingsOf(db, organisationId)).toEqual([
      expect.objectContaining({
        status: "open",
        reopened: 1,
        resolution: null,
        openedAt: "2026-01-04 00:00:00+00",
      }),
    ]);
    expect(await transitionsOf(organisationId)).toEqual([
      { kind: "opened", reason: "It is so.", imported: true, at: "2026-01-01 00:00:00+00" },
      { kind: "resolved", reason: "fixed", imported: true, at: "2026-01-03 00:00:00+00" },
      { kind: "reopened", reason: "It is so.", imported: true, at: "2026-01-04 00:00:00+00" },
    ]);
  });

  it("that is older than what is known changes nothing, be that a failure or a pass", async () => {
    const { scope, report, organisationId } = await createWorld();
    await importText(
      db,
      scope,
      report({ time: day(9), status: "PASS", uid: "a" }, { time: day(9), uid: "b" }),
    );
    const stored = await findingsOf(db, organisationId);
    expect(stored).toHaveLength(1);
    const older = await importText(
      db,
      scope,
      report(
        { time: day(8), uid: "a" },
        { time: day(8), status: "PASS", uid: "b" },
        { time: day(8), detail: "Old.", uid: "b" },
      ),
    );
    expect(older).toMatchObject({ rows: 3, unchanged: 3, created: 0, updated: 0 });
    expect(await findingsOf(db, organisationId)).toEqual(stored);
  });

  it("that names one thing twice is taken by the newest word, and by the graver of two at once", async () => {
    const { scope, report, organisationId } = await createWorld();
    const text = report(
      { time: day(2), uid: "a", detail: "Newest." },
      { time: day(1), uid: "a", detail: "Older." },
      { time: day(2), uid: "b", status: "PASS" },
      { time: day(2), uid: "b", detail: "Graver." },
      { time: day(2), uid: "b", detail: "Said after." },
    );
    expect(await importText(db, scope, text)).toMatchObject({ rows: 5, created: 2, unchanged: 3 });
    const stored = await findingsOf(db, organisationId);
    expect(stored.map(({ uid, reason }) => [uid, reason])).toEqual([
      ["a", "Newest."],
      ["b", "Graver."],
    ]);
    expect(await importText(db, scope, text)).toMatchObject({ rows: 5, unchanged: 5 });
    expect(await findingsOf(db, organisationId)).toEqual(stored);
  });

  it("resolves nothing by what it leaves out, opens nothing muted or for a person to look at", async () => {
    const { scope, report, organisationId } = await createWorld();
    await importText(db, scope, report({ time: day(1), uid: "a" }));
    const next = await importText(
      db,
      scope,
      report({ time: day(2), uid: "b", muted: true }, { time: day(2), uid: "c", status: "MANUAL" }),
    );
    expect(next).toMatchObject({ rows: 2, unchanged: 2 });
    expect(await findingsOf(db, organisationId)).toEqual([
      expect.objectContaining({ uid: "a", status: "open" }),
    ]);
  });
});

describe("what Parapet judges itself", () => {
  const check = { check: "s3_bucket_secure_transport_policy" };
  it("is counted, not stored, and named where the two disagree", async () => {
    const { account, scope, report, organisationId } = await createWorld();
    for (const [uid, verdict] of [
      ["arn:aws:s3:::agreed", "fail"],
      ["arn:aws:s3:::denied", "pass"],
      ["arn:aws:s3:::untold", "unknown"],
    ] as const) {
      await storeResource(
        { accountId: account.id, organisationId, uid, kind: "aws.s3.bucket" },
        { "aws.s3.bucket-tls-only": verdict },
      );
    }
    await storeResource(
      { accountId: account.id, organisationId, uid: "arn:aws:s3:::unjudged", kind: "aws.s3.bucket" },
      {},
    );
    const done = await importText(
      db,
      scope,
      report(
        { ...check, uid: "arn:aws:s3:::agreed" },
        { ...check, uid: "arn:aws:s3:::denied" },
        { ...check, uid: "arn:aws:s3:::untold" },
        { ...check, uid: "arn:aws:s3:::unjudged" },
        { ...check, uid: "arn:aws:s3:::unknown-to-parapet" },
      ),
    );
    expect(done).toMatchObject({ rows: 5, duplicates: 3, contradicted: 1, created: 2 });
    const differing = await listDuplicates(db, scope, done.id, { contradicts: true, limit: 10 });
    expect(differing).toEqual({
      duplicates: [
        {
          row: 2,
          subject: "arn:aws:s3:::denied",
          checkId: "prowler.s3_bucket_secure_transport_policy",
          nativeCheckId: "aws.s3.bucket-tls-only",
          said: "fail",
          judged: "pass",
          contradicts: true,
        },
      ],
      next: null,
    });
    const agreeing = await listDuplicates(db, scope, done.id, { contradicts: false, limit: 1 });
    expect(agreeing).toMatchObject({ duplicates: [{ row: 1, judged: "fail" }], next: 1 });
    expect(
      await listDuplicates(db, scope, done.id, { contradicts: false, limit: 1, after: 1 }),
    ).toMatchObject({
      duplicates: [{ row: 3, judged: "unknown" }],
      next: null,
    });
    // The finding on a resource of Parapet's takes that one's owner, and leaves its kind alone.
    expect(await findingsOf(db, organisationId)).toEqual([
      expect.objectContaining({
        uid: "arn:aws:s3:::unjudged",
        kind: "aws.s3.bucket",
        owner: "web team",
        service: "s3",
      }),
      expect.objectContaining({
        uid: "arn:aws:s3:::unknown-to-parapet",
        kind: "imported.aws-s3-bucket",
        owner: "",
      }),
    ]);
  });

  it("ends what was imported before Parapet judged it", async () => {
    const { account, scope, report, organisationId } = await createWorld();
    const uid = "arn:aws:s3:::later";
    await importText(db, scope, report({ ...check, uid, time: day(1) }));
    await db.execute(sql`
      update resources set kind = 'aws.s3.bucket', unit_region = 'global', verdicts = '{"aws.s3.bucket-tls-only": "fail"}'
      where account_id = ${account.id}`);
    expect(await importText(db, scope, report({ ...check, uid, time: day(2) }))).toMatchObject({
      duplicates: 1,
    });
    expect(await findingsOf(db, organisationId)).toEqual([
      expect.objectContaining({ uid, status: "resolved", resolution: "check_retired" }),
    ]);
  });

  it("is found for a whole account or region by the account's only such resource", async () => {
    const { account, scope, report, organisationId } = await createWorld();
    await storeResource(
      {
        accountId: account.id,
        organisationId,
        uid: `arn:aws:iam::${account.externalId}:root`,
        kind: "aws.account",
      },
      { "aws.iam.root-mfa": "fail" },
    );
    await storeResource(
      { accountId: account.id, organisationId, uid: "aws.ec2.region/eu-west-1", kind: "aws.ec2.region" },
      { "aws.ec2.ebs-default-encryption": "pass" },
    );
    const done = await importText(
      db,
      scope,
      report(
        { check: "iam_root_mfa_enabled", uid: "arn:aws:iam::1:mfa" },
        { check: "ec2_ebs_default_encryption", uid: "x", region: "eu-west-1", status: "PASS" },
        { check: "ec2_ebs_default_encryption", uid: "y", region: "us-east-1" },
      ),
    );
    expect(done).toMatchObject({ duplicates: 2, contradicted: 0, created: 1 });
  });
});

describe("rows that are not taken", () => {
  it("say why, by their number, and leave the others be", async () => {
    const { account, scope, organisationId } = await createWorld();
    const good = ocsf(account.externalId, {});
    const rows: unknown[] = [
      good,
      "not an object",
      { ...good, metadata: {} },
      ocsf("999999999999", { uid: "far" }),
      ocsf(account.externalId, { status: "PERHAPS", uid: "p" }),
      ocsf(account.externalId, { severity: "Ghastly" }),
      ocsf(account.externalId, { provider: "github" }),
      ocsf(account.externalId, { uid: "x".repeat(2_000) }),
      ocsf(account.externalId, { detail: "y".repeat(1_000_001) }),
      ocsf(account.externalId, { uid: "last" }),
    ];
    const done = await importText(db, scope, JSON.stringify(rows));
    expect(done).toMatchObject({ status: "done", rows: 10, created: 2, rejected: 8 });
    expect(await rejectionsOf(db, done.id)).toEqual([
      { row: 2, subject: "", reason: expect.stringMatching(/^the row is not as it should be/) },
      { row: 3, subject: "uid-1", reason: "metadata.event_code is missing." },
      {
        row: 4,
        subject: "made_up_check · far",
        reason:
          "AWS account 999999999999 is not connected, or not one that you see. Connect it, or ask an administrator to show it to you, and import the file again.",
      },
      {
        row: 5,
        subject: "made_up_check · p",
        reason: "status_code is none of PASS, FAIL and MANUAL: PERHAPS.",
      },
      { row: 6, subject: "made_up_check · uid-1", reason: "severity is none that Parapet knows: Ghastly." },
      { row: 7, subject: "made_up_check · uid-1", reason: "Parapet has no accounts of the provider github." },
      {
        row: 8,
        subject: expect.stringMatching(/^made_up_check · x+…$/),
        reason: "The resource's id has 2000 bytes; 1800 are the most.",
      },
      { row: 9, subject: "", reason: "The row has more than 1,000,000 characters." },
    ]);
    expect((await findingsOf(db, organisationId)).map(({ uid }) => uid)).toEqual(["last", "uid-1"]);
    expect(await listRejections(db, scope, done.id, { limit: 3, after: 4 })).toMatchObject({
      rejections: [{ row: 5 }, { row: 6 }, { row: 7 }],
      next: 7,
    });
  });

  it("are those of accounts that the importer doesn't see, or of another organisation", async () => {
    const { account, report, organisationId } = await createWorld();
    const blind = await createUser(db, { organisationId, role: "analyst", seesAllAccounts: false });
    const scope = Scope.ofUser({ ...blind, accountIds: [] });
    expect(await importText(db, scope, report({}))).toMatchObject({ created: 0, rejected: 1 });
    await db.execute(
      sql`insert into user_accounts (organisation_id, user_id, account_id) values (${organisationId}, ${blind.id}, ${account.id})`,
    );
    expect(await importText(db, scope, report({}))).toMatchObject({ created: 1, rejected: 0 });
    const other = await createWorld();
    expect(await importText(db, other.scope, report({}))).toMatchObject({ created: 0, rejected: 1 });
  });

  it("are those on a resource that a scan has found gone since", async () => {
    const { account, scope, report, organisationId } = await createWorld();
    await storeResource({ accountId: account.id, organisationId, uid: "uid-1", kind: "aws.s3.bucket" }, {});
    await db.execute(sql`update resources set deleted_at = '2026-01-05' where account_id = ${account.id}`);
    expect(await importText(db, scope, report({ time: day(4) }))).toMatchObject({ unchanged: 1 });
    const newer = await importText(db, scope, report({ time: day(6) }));
    expect(newer).toMatchObject({ rejected: 1 });
    expect(await rejectionsOf(db, newer.id)).toEqual([
      expect.objectContaining({
        reason: expect.stringMatching(/^Parapet's scan of 2026-01-05 found the resource gone/),
      }),
    ]);
    expect(await findingsOf(db, organisationId)).toEqual([]);
  });
});

describe("an import that is interrupted", () => {
  // The transactions are: taking it up, three batches, the end.
  it.each([1, 2, 3, 4, 5])(
    "before transaction %i goes on after what was stored, and comes to the same",
    async (point) => {
      const { account, scope, organisationId } = await createWorld();
      const rows = Array.from({ length: 2_100 }, (_, n) => ocsf(account.externalId, { uid: `uid-${n}` }));
      const { importId } = await receiveUpload(
        db,
        scope,
        { fileName: "x" },
        bytesOf(JSON.stringify(rows)),
        limits,
      );
      let transactions = 0;
      const dying: Database = Object.create(db, {
        transaction: {
          value: (...run: Parameters<Database["transaction"]>) => {
            transactions += 1;
            if (transactions === point) throw new Error("killed");
            return db.transaction(...run);
          },
        },
      });
      const { signal } = new AbortController();
      await expect(performImport(dying, importId, signal)).rejects.toThrow("killed");
      const stored = [0, 0, 1_000, 2_000, 2_100][point - 1];
      expect(await readImport(db, importId)).toMatchObject({
        status: point === 1 ? "waiting" : "running",
        rows: stored,
        created: stored,
      });
      await performImport(db, importId, signal);
      expect(await readImport(db, importId)).toMatchObject({
        status: "done",
        rows: 2_100,
        created: 2_100,
        unchanged: 0,
      });
      expect(await findingsOf(db, organisationId)).toHaveLength(2_100);
    },
  );

  it("is stored once, though two workers read it", async () => {
    const { account, scope, organisationId } = await createWorld();
    const rows = Array.from({ length: 1_200 }, (_, n) => ocsf(account.externalId, { uid: `uid-${n}` }));
    const { importId } = await receiveUpload(
      db,
      scope,
      { fileName: "x" },
      bytesOf(JSON.stringify(rows)),
      limits,
    );
    const { signal } = new AbortController();
    await Promise.all([performImport(db, importId, signal), performImport(db, importId, signal)]);
    expect(await readImport(db, importId)).toMatchObject({ status: "done", rows: 1_200, created: 1_200 });
    expect(await findingsOf(db, organisationId)).toHaveLength(1_200);
    await performImport(db, importId, signal);
    await failImport(db, importId, "too late");
    expect(await readImport(db, importId)).toMatchObject({ status: "done", error: null });
  });

  it("keeps what stood before the end of a truncated file, and says so", async () => {
    const { scope, report, organisationId } = await createWorld();
    const text = report({ uid: "a" }, { uid: "b" });
    const done = await importText(db, scope, text.slice(0, -20));
    expect(done).toMatchObject({
      status: "failed",
      rows: 1,
      created: 1,
      error: "The file ends too early. The rows before that were taken.",
    });
    expect((await findingsOf(db, organisationId)).map(({ uid }) => uid)).toEqual(["a"]);
  });

  it.each([
    ["is disabled", sql`disabled_at = now()`],
    ["may import no more", sql`role = 'auditor'`],
  ])("ends when who asked for it %s before it begins", async (_what, change) => {
    const { user, scope, report, organisationId } = await createWorld();
    const { importId } = await receiveUpload(db, scope, { fileName: "x" }, bytesOf(report({})), limits);
    await db.execute(sql`update users set ${change} where id = ${user.id}`);
    await performImport(db, importId, new AbortController().signal);
    expect(await readImport(db, importId)).toMatchObject({
      status: "failed",
      rows: 0,
      error: expect.stringMatching(/disabled/),
    });
    expect(await findingsOf(db, organisationId)).toEqual([]);
  });
});

describe("who sees an import", () => {
  it("is everyone of the organisation who sees all accounts, and whoever asked for it", async () => {
    const { scope, report, organisationId } = await createWorld();
    const done = await importText(db, scope, report({}), { fileName: "mine.json" });
    const auditor = Scope.ofUser(await createUser(db, { organisationId, role: "auditor" }));
    expect(await getImport(db, auditor, done.id)).toMatchObject({ id: done.id, fileName: "mine.json" });
    expect((await listImports(db, auditor, { limit: 5 })).imports.map(({ id }) => id)).toEqual([done.id]);
    const narrow = Scope.ofUser({ ...(await createUser(db, { organisationId })), accountIds: [] });
    const stranger = (await createWorld()).scope;
    for (const scoped of [narrow, stranger]) {
      await expect(getImport(db, scoped, done.id)).rejects.toMatchObject({ code: "not_found" });
      await expect(listRejections(db, scoped, done.id, { limit: 5 })).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(
        listDuplicates(db, scoped, done.id, { contradicts: true, limit: 5 }),
      ).rejects.toMatchObject({ code: "not_found" });
      expect((await listImports(db, scoped, { limit: 5 })).imports).toEqual([]);
    }
  });

  it("and its beginning and end stand in the trail", async () => {
    const { user, scope, report, organisationId } = await createWorld();
    const done = await importText(db, scope, report({}), { fileName: "x.json" });
    const entries = await db.execute(sql`
      select actor_kind, actor_id, action, object_id, after::jsonb as after from audit_entries
      where organisation_id = ${organisationId} order by id`);
    expect(entries).toEqual([
      {
        actor_kind: "user",
        actor_id: user.id,
        action: "import.start",
        object_id: done.id,
        after: { format: "prowler_ocsf", fileName: "x.json", accountId: null, bytes: done.bytes },
      },
      {
        actor_kind: "system",
        actor_id: "imports",
        action: "import.finish",
        object_id: done.id,
        after: {
          outcome: "done",
          rows: 1,
          created: 1,
          updated: 0,
          resolved: 0,
          unchanged: 0,
          duplicates: 0,
          contradicted: 0,
          rejected: 0,
        },
      },
    ]);
  });
});
