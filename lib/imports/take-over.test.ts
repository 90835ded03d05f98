import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { readResourceCounters } from "#lib/scans/test-state.ts";
import { s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { receiveUpload } from "./receive-upload.ts";
import { bytesOf, findingsOf, limits, ocsf, readImport } from "./test-imports.ts";

const cloud = await createTestCloud({ accounts: ["Acme Staging"] });
const { db } = cloud.database;
const { organisationId } = cloud.scope;
const buckets = s3State(cloud.estateOf());
const [bucket = ""] = buckets.keys();
const uid = `arn:aws:s3:::${bucket}`;

async function importThroughWorker(rows: unknown[]) {
  const body = bytesOf(JSON.stringify(rows));
  const { importId } = await receiveUpload(db, cloud.scope, { fileName: "x" }, body, limits);
  await cloud.until(
    sql`exists (select from imports where id = ${importId} and status in ('done', 'failed'))`,
  );
  return readImport(db, importId);
}

const scanS3 = () => cloud.scan({ services: ["s3"] });

it("a scan takes over what was imported, leaves its findings to the other tool, and ends them with the resource", {
  timeout: 180_000,
}, async () => {
  const externalId = "444455556666";
  const done = await importThroughWorker([
    ocsf(externalId, { uid, check: "made_up_check" }),
    ocsf(externalId, { uid, check: "s3_bucket_secure_transport_policy" }),
    ocsf(externalId, { uid: "arn:aws:sqs:eu-west-1:1:queue" }),
  ]);
  expect(done).toMatchObject({ status: "done", created: 3 });
  const imported = await findingsOf(db, organisationId);
  expect(imported.map(({ kind, unitRegion }) => [kind, unitRegion])).toEqual([
    ["imported.aws-s3-bucket", "imported"],
    ["imported.aws-s3-bucket", "imported"],
    ["imported.aws-s3-bucket", "imported"],
  ]);
  const before = await readResourceCounters(db);
  expect(before.stored).toEqual(before.counted);
  expect(before.stored).toHaveLength(1);

  await scanS3();
  const taken = await findingsOf(db, organisationId);
  expect(taken.filter((each) => each.uid === uid).map(({ kind, status }) => [kind, status])).toEqual([
    ["aws.s3.bucket", "open"],
    ["aws.s3.bucket", "open"],
  ]);
  // What no scan reads stays as it was.
  expect(taken.filter((each) => each.uid !== uid)).toEqual(imported.filter((each) => each.uid !== uid));
  const after = await readResourceCounters(db);
  expect(after.stored).toEqual(after.counted);

  const again = await importThroughWorker([
    ocsf(externalId, { uid, check: "made_up_check" }),
    ocsf(externalId, { uid, check: "s3_bucket_secure_transport_policy" }),
  ]);
  expect(again).toMatchObject({ status: "done", unchanged: 1, duplicates: 1 });

  buckets.delete(bucket);
  await scanS3();
  const gone = await findingsOf(db, organisationId);
  expect(gone.map(({ uid: of, status, resolution }) => [of === uid, status, resolution]).sort()).toEqual([
    [false, "open", null],
    [true, "resolved", "check_retired"],
    [true, "resolved", "resource_gone"],
  ]);
});
