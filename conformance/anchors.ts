import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AnchorError } from "#lib/audit/anchors/anchor.ts";
import { s3Anchor } from "#lib/audit/anchors/s3.ts";

const region = "eu-central-1";
const noteOf = (size: number) => `parapet/1\n${size}\nroot\n\n— parapet/1 signature\n`;

/** Anchors checkpoints of the audit trail in moto's buckets, with object lock and without. */
export async function rehearseAnchors(url: string): Promise<{ passed: number; failures: string[] }> {
  process.env.AWS_ACCESS_KEY_ID ??= "test";
  process.env.AWS_SECRET_ACCESS_KEY ??= "test";
  const client = new S3Client({ region, endpoint: url, forcePathStyle: true });
  const [locked, open] = ["parapet-trail", "parapet-open"];
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await client.send(
    new CreateBucketCommand({ Bucket: locked, CreateBucketConfiguration, ObjectLockEnabledForBucket: true }),
  );
  await client.send(new CreateBucketCommand({ Bucket: open, CreateBucketConfiguration }));
  const tally = { passed: 0, failures: [] as string[] };
  const check = async (what: string, wanted: unknown, act: () => Promise<unknown>) => {
    const found = await act().catch((error: unknown) =>
      error instanceof AnchorError ? `AnchorError: ${error.message}` : `${error}`,
    );
    if (JSON.stringify(found) === JSON.stringify(wanted)) tally.passed += 1;
    else
      tally.failures.push(
        `anchors: ${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`,
      );
  };
  const anchor = s3Anchor({ bucket: locked, prefix: "trail", region, days: 30, endpoint: url });
  const listed = async (since?: Date) => {
    const notes: string[] = [];
    for await (const note of anchor.list(since)) notes.push(note);
    return notes;
  };
  const versions = async () => {
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: locked }));
    return Versions;
  };
  await check("its name", "s3://parapet-trail/trail", async () => anchor.name);
  await check("nothing at first", [null, []], async () => [await anchor.latest(), await listed()]);
  for (const size of [1, 2, 3])
    await check(`write ${size}`, undefined, () => anchor.write(noteOf(size), size));
  await check("the newest", noteOf(3), () => anchor.latest());
  await check("all, in order", [1, 2, 3].map(noteOf), () => listed());
  await check("none since tomorrow", [], () => listed(new Date(Date.now() + 86_400_000)));
  await check("what is locked stays", "AccessDenied", async () => {
    const [version] = await versions();
    const input = { Bucket: locked, Key: version?.Key ?? "", VersionId: version?.VersionId };
    return client.send(new DeleteObjectCommand(input)).then(
      () => "deleted",
      (error: unknown) => (error instanceof Error ? error.name : error),
    );
  });
  await check("what is hidden by a deletion is found", noteOf(3), async () => {
    for (const { Key } of await versions())
      await client.send(new DeleteObjectCommand({ Bucket: locked, Key }));
    return anchor.latest();
  });
  const put = (Key: string, size: number) =>
    client.send(new PutObjectCommand({ Bucket: open, Key, Body: noteOf(size) }));
  await put("old/2024/12/31/23/59:59.999-1-00000000.note", 1);
  await put("old/2025/01/02/03/00:00.000-2-00000000.note", 2);
  await put("old/2025/01/02/03/readme.txt", 3);
  await check("the newest of long ago", noteOf(2), () =>
    s3Anchor({ bucket: open, prefix: "old", region, endpoint: url }).latest(),
  );
  const count = 1_050;
  for (let first = 0; first < count; first += 50) {
    const some = Array.from({ length: 50 }, (_, index) => first + index);
    await Promise.all(
      some.map((n) => put(`many/2025/01/02/03/${String(n).padStart(9, "0")}-${n}-0.note`, n)),
    );
  }
  await check("more than one answer lists", [count, noteOf(0), noteOf(count - 1)], async () => {
    const notes: string[] = [];
    const many = s3Anchor({ bucket: open, prefix: "many", region, endpoint: url });
    for await (const note of many.list()) notes.push(note);
    return [notes.length, notes[0], notes.at(-1)];
  });
  const unlocked = s3Anchor({ bucket: open, prefix: "", region, endpoint: url });
  await check("a bucket without object lock is refused in words", true, async () =>
    unlocked.write(noteOf(1), 1).then(
      () => false,
      (error: unknown) => error instanceof AnchorError && error.message.includes("can be deleted there"),
    ),
  );
  const missing = s3Anchor({ bucket: "parapet-nowhere", prefix: "x", region, days: 1, endpoint: url });
  await check("a bucket that isn't there is told in words", true, async () =>
    missing.latest().then(
      () => false,
      (error: unknown) => error instanceof AnchorError && error.message.includes("NoSuchBucket"),
    ),
  );
  client.destroy();
  return tally;
}
