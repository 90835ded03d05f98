import { randomUUID } from "node:crypto";
import type { Database } from "../client.ts";
import { newId } from "../columns.ts";
import { createAccount, createOrganisation, createUser } from "../factories.ts";
import { resources } from "../resources/schema.ts";
import { findings } from "./schema.ts";

/** Strings that have broken programs: what LIKE, SQL, JSON, arrays and cursors take for their own. */
export const hostile = [
  "%",
  "_",
  "\\",
  "a%b_c\\d",
  "'; drop table findings; --",
  "\"quoted\" and 'single'",
  "{curly,braces}",
  "[1]~2~3",
  "名前-ünïcödé-😀",
  "\u202egnol",
  "line\nbreak\ttab",
  "x".repeat(5_000),
  "null",
  "",
];

type Given = Partial<typeof findings.$inferInsert>;

/** An organisation with some accounts and people, and findings as a test wants them. */
export async function createFindingsEstate(db: Database) {
  const { id: organisationId } = await createOrganisation(db);
  const accounts = [
    await createAccount(db, { organisationId, name: "one" }),
    await createAccount(db, { organisationId, name: "two", cloud: "azure" }),
    await createAccount(db, { organisationId, name: "three", cloud: "gcp" }),
  ].map(({ id }) => id);
  const people = [
    await createUser(db, { organisationId, name: "Ada" }),
    await createUser(db, { organisationId, name: "Ben" }),
  ].map(({ id }) => id);

  const addResource = async (given: Partial<typeof resources.$inferInsert> = {}): Promise<string> => {
    const id = newId("res");
    await db.insert(resources).values({
      id,
      organisationId,
      accountId: accounts[0] ?? "",
      service: "s3",
      region: "eu-west-1",
      unitRegion: "eu-west-1",
      kind: "aws.s3.bucket",
      uid: `uid-${randomUUID()}`,
      name: `bucket-${randomUUID()}`,
      tags: {},
      config: {},
      unread: [],
      hash: new Uint8Array(32),
      verdicts: {},
      evaluatedWith: "test",
      ...given,
    });
    return id;
  };
  const addFinding = async (given: Given & { resourceId: string }): Promise<string> => {
    const id = given.id ?? newId("fnd");
    const at = given.openedAt ?? new Date(Date.UTC(2026, 0, 1));
    await db.insert(findings).values({
      id,
      organisationId,
      accountId: accounts[0] ?? "",
      checkId: "aws.s3.bucket-versioning",
      service: "s3",
      region: "eu-west-1",
      severity: "low",
      reason: "Versioning is off.",
      evidence: [],
      firstSeenAt: at,
      openedAt: at,
      ...given,
    });
    return id;
  };
  return { organisationId, accounts, people, addResource, addFinding };
}
export type FindingsEstate = Awaited<ReturnType<typeof createFindingsEstate>>;
