import { randomBytes } from "node:crypto";
import type { VerdictStatus } from "#lib/checks/model.ts";
import type { Database } from "../client.ts";
import { newId } from "../columns.ts";
import { findings } from "../findings/schema.ts";
import { resources, resourceVersions } from "./schema.ts";

type Given = Partial<Omit<typeof resources.$inferInsert, "verdicts">> & {
  organisationId: string;
  accountId: string;
  verdicts?: Record<string, VerdictStatus>;
};

/** A resource for tests: an S3 bucket of its own unless given otherwise. */
export async function createResource(db: Database, given: Given): Promise<typeof resources.$inferSelect> {
  const name = given.name ?? `bucket-${randomBytes(4).toString("hex")}`;
  const [row] = await db
    .insert(resources)
    .values({
      service: "s3",
      region: "eu-west-1",
      unitRegion: "eu-west-1",
      kind: "aws.s3.bucket",
      uid: `arn:aws:s3:::${name}`,
      tags: {},
      config: {},
      unread: [],
      hash: new Uint8Array(),
      verdicts: {},
      evaluatedWith: "v",
      ...given,
      name,
    })
    .returning();
  if (!row) throw new Error("INSERT … RETURNING gave no row.");
  return row;
}

/** A finding of a resource, open unless given otherwise. */
export async function createFinding(
  db: Database,
  resource: { id: string; organisationId: string; accountId: string },
  given: Partial<typeof findings.$inferInsert> = {},
): Promise<string> {
  const id = newId("fnd");
  const at = new Date("2026-03-01T00:00:00.000Z");
  await db.insert(findings).values({
    id,
    organisationId: resource.organisationId,
    accountId: resource.accountId,
    resourceId: resource.id,
    checkId: `aws.s3.check-${randomBytes(4).toString("hex")}`,
    service: "s3",
    region: "eu-west-1",
    severity: "high",
    reason: "It is open.",
    evidence: [],
    firstSeenAt: at,
    openedAt: at,
    ...given,
  });
  return id;
}

/** What a resource was. */
export async function createVersion(
  db: Database,
  resource: { id: string; organisationId: string },
  given: Partial<typeof resourceVersions.$inferInsert> = {},
): Promise<number> {
  const [row] = await db
    .insert(resourceVersions)
    .values({
      organisationId: resource.organisationId,
      resourceId: resource.id,
      scanId: "scn_1",
      replacedAt: new Date("2026-03-02T00:00:00.000Z"),
      region: "eu-west-1",
      name: "was",
      tags: {},
      config: {},
      unread: [],
      ...given,
    })
    .returning({ id: resourceVersions.id });
  if (!row) throw new Error("INSERT … RETURNING gave no row.");
  return row.id;
}
