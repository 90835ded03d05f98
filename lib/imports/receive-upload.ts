import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { type ImportFormat, importFormats, importPieces, imports } from "#db/imports/schema.ts";
import { withoutNul } from "#db/insert-rows.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { parseInput } from "#lib/mutation.ts";
import { decodeText } from "./decode-text.ts";
import { headLength, settleFormat } from "./detect-format.ts";
import { inflateIfPacked } from "./inflate.ts";
import { ReportError } from "./model.ts";
import { startImport } from "./start-import.ts";

/** What comes with a report: its file's name, and what can't be told by its content. */
export const UploadInput = z.strictObject({
  fileName: z
    .string()
    .trim()
    .max(1_000)
    .transform((name) => withoutNul(name.split(/[/\\]/).at(-1) ?? "").slice(0, 200) || "report"),
  /** Left out, it is told by the content. */
  format: z.enum(importFormats).nullish(),
  /** Where findings go whose rows name no account: for SARIF, which names none. */
  accountId: z.string().max(100).nullish(),
});
export type UploadInput = z.input<typeof UploadInput>;

export type Received = {
  importId: string;
  format: ImportFormat;
  /** Of the report, unpacked. */
  bytes: number;
};

export type UploadLimits = {
  /** Bytes that a report may have, packed or unpacked. */
  maxBytes: number;
  /** Bytes of one row in the database. */
  pieceBytes: number;
};

const megabyte = 1_048_576;
/** Reports of one organisation that wait to be read, each of which takes its place in the database. */
const maxUnfinished = 5;

/**
 * Takes in a report piece by piece, and queues it to be read. `body` may be gzip. It is never held as a whole; whatever
 * goes wrong, nothing of it stays. Throws `invalid_input` for what is no report or too large, `not_found` for an account
 * that isn't visible, `conflict` while too many wait.
 */
export async function receiveUpload(
  db: Database,
  scope: Scope,
  raw: UploadInput,
  body: AsyncIterable<Uint8Array>,
  limits: UploadLimits = { maxBytes: env().importMaxMb * megabyte, pieceBytes: megabyte },
): Promise<Received> {
  scope.require("imports:run");
  const upload = parseInput(UploadInput, raw);
  if (upload.accountId) await requireAccount(db, scope, upload.accountId);
  const importId = await db.transaction(async (tx) => {
    // Uploads that begin at once take turns, each to see the places that those before it hold.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`uploads:${scope.organisationId}`}, 0))`,
    );
    await refuseTooMany(tx, scope);
    return holdPlace(tx, scope, upload);
  });
  try {
    const pieces = new PieceWriter(db, importId, limits);
    let isSettled = false;
    const settle = async () => {
      isSettled = true;
      await settleImport(db, importId, upload, pieces.head);
    };
    for await (const bytes of inflateIfPacked(limited(body, limits.maxBytes))) {
      await pieces.take(bytes);
      if (!isSettled && pieces.head.length >= headLength) await settle();
    }
    if (!isSettled) await settle();
    await pieces.end();
    return { ...(await startImport(db, scope, { importId, bytes: pieces.bytes })), bytes: pieces.bytes };
  } catch (error) {
    // Its pieces go with it.
    await db.delete(imports).where(eq(imports.id, importId));
    if (error instanceof ReportError) {
      throw new DomainError("invalid_input", `Nothing was imported. ${error.message}`, { cause: error });
    }
    throw error;
  }
}

type Upload = z.output<typeof UploadInput>;

async function requireAccount(db: Database, scope: Scope, accountId: string): Promise<void> {
  const found = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.id, accountId),
        eq(accounts.organisationId, scope.organisationId),
        isNull(accounts.deletion),
        scope.accountIds ? inArray(accounts.id, [...scope.accountIds]) : undefined,
      ),
    );
  if (found.length === 0) {
    throw new DomainError("not_found", "Nothing was imported: there is no account with this id.");
  }
}

async function refuseTooMany(db: Transaction, scope: Scope): Promise<void> {
  await dropAbandoned(db);
  const unfinished = await db.$count(
    imports,
    and(
      eq(imports.organisationId, scope.organisationId),
      inArray(imports.status, ["uploading", "waiting", "running"]),
    ),
  );
  if (unfinished < maxUnfinished) return;
  throw new DomainError(
    "conflict",
    `Nothing was imported: ${unfinished} imports are not finished yet. Wait for one of them to end.`,
  );
}

/** What a web server left behind that died during an upload. */
async function dropAbandoned(db: Transaction): Promise<void> {
  await db
    .delete(imports)
    .where(and(eq(imports.status, "uploading"), sql`${imports.createdAt} < now() - interval '6 hours'`));
}

/** A row for the pieces to hang on, which no list shows yet. */
async function holdPlace(db: Transaction, scope: Scope, upload: Upload): Promise<string> {
  const [row] = await db
    .insert(imports)
    .values({
      organisationId: scope.organisationId,
      // Settled once the file's beginning is there.
      format: upload.format ?? "prowler_ocsf",
      fileName: upload.fileName,
      accountId: upload.accountId ?? null,
      requestedBy: scope.actor.kind === "user" ? scope.actor.id : null,
      status: "uploading",
    })
    .returning({ id: imports.id });
  if (!row) throw new Error("INSERT … RETURNING gave no row.");
  return row.id;
}

async function settleImport(db: Database, importId: string, upload: Upload, head: Uint8Array): Promise<void> {
  let text = "";
  const bytes = (async function* () {
    yield head;
  })();
  for await (const piece of decodeText(bytes)) text += piece;
  const format = settleFormat(upload.format ?? null, text);
  if (format === "sarif" && !upload.accountId) {
    throw new ReportError("SARIF doesn't say which account it is about: name the account to import it for.");
  }
  await db.update(imports).set({ format }).where(eq(imports.id, importId));
}

async function* limited(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new ReportError(tooLarge("", maxBytes));
    yield piece;
  }
}

const tooLarge = (how: string, maxBytes: number): string =>
  `The file has more than ${(maxBytes / megabyte).toLocaleString("en-GB")} MB${how}, which is the most. An administrator can set PARAPET_IMPORT_MAX_MB.`;

/** Gathers bytes into pieces of one size, and writes each as soon as it is full. */
class PieceWriter {
  bytes = 0;
  /** As much of the beginning as tells the format. */
  head: Uint8Array = new Uint8Array(0);
  readonly #db: Database;
  readonly #importId: string;
  readonly #limits: UploadLimits;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #piece = 0;

  constructor(db: Database, importId: string, limits: UploadLimits) {
    this.#db = db;
    this.#importId = importId;
    this.#limits = limits;
  }

  async take(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    if (this.bytes > this.#limits.maxBytes) {
      throw new ReportError(tooLarge(" when unpacked", this.#limits.maxBytes));
    }
    if (this.head.length < headLength) {
      this.head = Buffer.concat([this.head, bytes.subarray(0, headLength - this.head.length)]);
    }
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#limits.pieceBytes - this.#heldBytes);
      this.#held.push(part);
      this.#heldBytes += part.length;
      at += part.length;
      if (this.#heldBytes === this.#limits.pieceBytes) await this.#write();
    }
  }

  async end(): Promise<void> {
    if (this.#heldBytes > 0) await this.#write();
  }

  async #write(): Promise<void> {
    const content = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    await this.#db.insert(importPieces).values({ importId: this.#importId, piece: this.#piece, content });
    this.#piece += 1;
  }
}
