import { randomBytes } from "node:crypto";
import type { ObjectVersion, S3Client } from "@aws-sdk/client-s3";
import { type Anchor, AnchorError } from "./anchor.ts";

export type S3AnchorSettings = {
  bucket: string;
  /** Without slashes at its ends; empty for the bucket's top. */
  prefix: string;
  /** What the environment says when left out. */
  region?: string;
  /** For how long nobody at all may delete or overwrite an object; what the bucket says by default when left out. */
  days?: number;
  /** Another service that speaks S3. */
  endpoint?: string;
};

const hourMs = 3_600_000;

/** Bytes that a checkpoint has at most. */
const longestNote = 65_536;

/** How many notes are read at the same time. */
const atOnce = 8;

/**
 * A bucket with object lock in compliance mode: each checkpoint is an object `<prefix>/<year>/<month>/<day>/<hour>/…` that
 * not even the account's root user can delete or overwrite before its time. Credentials are those of the environment. Takes
 * s3:PutObject, s3:PutObjectRetention, s3:GetObject, s3:GetObjectVersion, s3:GetObjectRetention and s3:ListBucketVersions.
 */
export function s3Anchor(settings: S3AnchorSettings): Anchor {
  const { bucket, prefix, days } = settings;
  const root = prefix === "" ? "" : `${prefix}/`;
  const name = `s3://${bucket}/${prefix}`;
  let client: Promise<S3> | undefined;
  const call = async <T>(act: (s3: S3) => Promise<T>): Promise<T> => {
    client ??= openS3(settings);
    try {
      return await act(await client);
    } catch (error) {
      if (error instanceof AnchorError) throw error;
      throw new AnchorError(`The bucket ${bucket} cannot be used: ${reasonOf(error)}.`, { cause: error });
    }
  };
  const read = async ({ Key, VersionId }: ObjectVersion): Promise<StoredNote> =>
    call(async ({ client, GetObjectCommand }) => {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }));
      const isNote = (answer.ContentLength ?? 0) <= longestNote;
      // What is larger is somebody else's, and is judged by having no signature.
      if (!isNote) await answer.Body?.transformToWebStream().cancel();
      const note = isNote ? ((await answer.Body?.transformToString()) ?? "") : "";
      return { note, mode: answer.ObjectLockMode, until: answer.ObjectLockRetainUntilDate };
    });
  /** The versions of objects in a folder, from a key on, in order of keys: what a deletion merely hides is among them. */
  async function* versions(folder: string, after?: string): AsyncGenerator<ObjectVersion[]> {
    let marker: { KeyMarker?: string; VersionIdMarker?: string } = after ? { KeyMarker: after } : {};
    for (;;) {
      const page = await call(({ client, ListObjectVersionsCommand }) =>
        client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: folder, ...marker })),
      );
      yield (page.Versions ?? []).filter(({ Key }) => Key?.endsWith(".note"));
      if (!page.IsTruncated || page.NextKeyMarker === undefined) return;
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
      marker = { KeyMarker, ...(VersionIdMarker === undefined ? {} : { VersionIdMarker }) };
    }
  }
  /** The last folder below this one. */
  const lastFolder = async (folder: string): Promise<string | null> => {
    let last: string | null = null;
    let marker: string | undefined;
    do {
      const page = await call(({ client, ListObjectVersionsCommand }) =>
        client.send(
          new ListObjectVersionsCommand({
            Bucket: bucket,
            ...{ Prefix: folder, Delimiter: "/" },
            ...(marker === undefined ? {} : { KeyMarker: marker }),
          }),
        ),
      );
      last = page.CommonPrefixes?.at(-1)?.Prefix ?? last;
      marker = page.IsTruncated ? page.NextKeyMarker : undefined;
    } while (marker !== undefined);
    return last;
  };
  const newest = async (...folders: string[]) => {
    let found: ObjectVersion | undefined;
    for (const folder of folders) {
      for await (const page of versions(folder)) {
        for (const each of page) if (!found || isLater(each, found)) found = each;
      }
    }
    return found;
  };
  return {
    name,
    write: async (note, size) => {
      const now = new Date();
      const Key = `${root}${folderOf(now)}${now.toISOString().slice(14, 23)}-${size}-${randomBytes(4).toString("hex")}.note`;
      const until = days === undefined ? undefined : new Date(now.getTime() + days * 86_400_000);
      const { VersionId } = await call(({ client, PutObjectCommand }) =>
        client.send(
          new PutObjectCommand({
            ...{ Bucket: bucket, Key, Body: note, ContentType: "text/plain; charset=utf-8" },
            ...(until ? { ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: until } : {}),
          }),
        ),
      );
      const stored = await read({ Key, ...(VersionId === undefined ? {} : { VersionId }) });
      if (stored.note !== note) {
        throw new AnchorError(`The bucket ${bucket} does not hold what was written to it.`);
      }
      if (stored.mode !== "COMPLIANCE" || !stored.until || stored.until <= now) {
        throw new AnchorError(
          `The checkpoint was written to the bucket ${bucket}, but can be deleted there: give it object lock in compliance ` +
            "mode, with a default retention or days=… behind its URL.",
        );
      }
    },
    latest: async () => {
      const [hour, before] = [Date.now(), Date.now() - hourMs].map(
        (time) => `${root}${folderOf(new Date(time))}`,
      );
      const lately = await newest(...[before, hour].flatMap((folder) => folder ?? []));
      if (lately) return (await read(lately)).note;
      let folder = root;
      for (let depth = 0; depth < 4; depth += 1) {
        const next = await lastFolder(folder);
        if (next === null) return null;
        folder = next;
      }
      const last = await newest(folder);
      return last ? (await read(last)).note : null;
    },
    async *list(since) {
      for await (const page of versions(
        root,
        since ? `${root}${folderOf(new Date(since.getTime() - hourMs))}` : undefined,
      )) {
        const wanted = page.filter(({ LastModified }) => !since || !LastModified || LastModified >= since);
        for (let at = 0; at < wanted.length; at += atOnce) {
          for (const { note } of await Promise.all(wanted.slice(at, at + atOnce).map(read))) yield note;
        }
      }
    },
  };
}

type StoredNote = { note: string; mode: string | undefined; until: Date | undefined };

/** By the bucket's own clock, since those of who writes may differ. */
function isLater(a: ObjectVersion, b: ObjectVersion): boolean {
  const [one, other] = [a.LastModified?.getTime() ?? 0, b.LastModified?.getTime() ?? 0];
  return one === other ? (a.Key ?? "") > (b.Key ?? "") : one > other;
}

/** `2026/11/21/10/` */
const folderOf = (moment: Date) => `${moment.toISOString().slice(0, 13).replace(/[-T]/g, "/")}/`;

type S3 = Pick<
  typeof import("@aws-sdk/client-s3"),
  "PutObjectCommand" | "GetObjectCommand" | "ListObjectVersionsCommand"
> & { client: S3Client };

/** The SDK is loaded by whoever has such an anchor, and only then. */
async function openS3({ region, endpoint }: S3AnchorSettings): Promise<S3> {
  const [sdk, { NodeHttpHandler }] = await Promise.all([
    import("@aws-sdk/client-s3"),
    import("@smithy/node-http-handler"),
  ]);
  const client = new sdk.S3Client({
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: 15_000 }),
    ...(region === undefined ? {} : { region }),
    // A bucket's name in front of another service's address may not resolve.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
  const { PutObjectCommand, GetObjectCommand, ListObjectVersionsCommand } = sdk;
  return { client, PutObjectCommand, GetObjectCommand, ListObjectVersionsCommand };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" || error.message === error.name
    ? error.name
    : `${error.name}, ${error.message}`;
}
