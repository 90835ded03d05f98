import { createReadStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { styleText } from "node:util";
import { createGunzip } from "node:zlib";
import { Command, InvalidArgumentError } from "commander";
import { NoteError, parseVerifierKey, type VerifierKey } from "#lib/audit/note.ts";
import { type BundleVerification, verifyBundle } from "#lib/audit/proof/verify-bundle.ts";
import type { Problem } from "#lib/audit/verify/problem.ts";
import type { TrailVerification } from "#lib/audit/verify/verify-trail.ts";
import { DomainError } from "#lib/errors.ts";
import { printable, writeJson } from "../table.ts";

type Options = { key: string[]; from?: number; to?: number; json?: boolean; verbose?: boolean };

const epilogue = `
Without a file it verifies this installation's whole trail: every entry, the batches and their HMACs, the signed
checkpoints, the anchors and the archives. With a file, an exported bundle, an archive or the proof of one entry, it asks
neither the network nor a database, but the public key alone. It ends with status 2 when something isn't what was sealed.`;

const position = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It is a position in the trail, from 0.");
  return Number(text);
};

export const verifyCommand = (): Command =>
  new Command("verify")
    .description("verify the audit trail, or a bundle with nothing but the public key")
    .argument("[bundle]", "a proof bundle or an archive (.ndjson or .ndjson.gz)")
    .option(
      "--key <key>",
      "the trail's public key, or a file that holds it (repeatable); of this installation when left out",
      (key: string, keys: string[]) => [...keys, key],
      [],
    )
    .option("--from <position>", "only from this position on", position)
    .option("--to <position>", "only below this position", position)
    .option("--json", "print JSON")
    .option("--verbose", "print every problem, not the first ten, and how it goes on")
    .addHelpText("after", epilogue)
    .action(async (bundle: string | undefined, options: Options) => {
      const found = bundle === undefined ? await verifyAll(options) : await verifyFile(bundle, options);
      if (!found.ok) process.exitCode = 2;
    });

async function verifyAll({ from, to, key, json, verbose }: Options): Promise<TrailVerification> {
  if (key.length > 0)
    throw new DomainError(
      "invalid_input",
      "--key goes with a bundle: the trail itself is verified with all its keys.",
    );
  const { verifyOwnTrail } = await import("./own-trail.ts");
  const found = await verifyOwnTrail({
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(verbose && !json
      ? { onProgress: ({ verified, size }) => process.stderr.write(`  ${verified} of ${size}\r`) }
      : {}),
  });
  if (json) writeJson(found);
  else tellTrail(found, verbose === true);
  return found;
}

function tellTrail(found: TrailVerification, isVerbose: boolean): void {
  const { verified, archived, from, to, size, pending, checkpoints, anchors, durationMs } = found;
  line(
    "entries",
    `${verified} verified${archived > 0 ? `, ${archived} more by their archives` : ""}, of positions ${from} to ${to} of ${size}`,
  );
  if (pending > 0) line("waiting", `${pending} that aren't sealed yet`);
  line(
    "checkpoint",
    checkpoints.count === 0
      ? "none yet"
      : `of ${checkpoints.size} entries, at ${checkpoints.at ?? "no time"}`,
  );
  for (const { name, size: held, readable } of anchors)
    line(
      "anchor",
      printable(
        `${name}: ${readable ? (held === null ? "nothing yet" : `${held} entries`) : "can't be read"}`,
      ),
    );
  line("took", `${(durationMs / 1000).toFixed(1)} s`);
  tellProblems(found.problems, isVerbose);
  if (found.ok) process.stdout.write(`${styleText("green", "✓")} The trail is as it was sealed.\n`);
}

function tellProblems(problems: readonly Problem[], isVerbose: boolean): void {
  const told = isVerbose ? problems : problems.slice(0, 10);
  for (const { kind, position: at, count, entryId, batch, detail } of told) {
    const where = [
      ...(at === undefined ? [] : [`position ${at}${count === undefined ? "" : ` and ${count - 1} more`}`]),
      ...(entryId === undefined ? [] : [entryId]),
      ...(batch === undefined ? [] : [`batch ${batch}`]),
    ];
    const head = `${styleText("red", "✗")} ${kind.replaceAll("_", " ")}${where.length > 0 ? ` at ${where.join(", ")}` : ""}`;
    process.stdout.write(`${head}\n    ${printable(detail)}\n`);
  }
  if (problems.length > told.length) {
    process.stdout.write(`  and ${problems.length - told.length} more: --verbose tells all.\n`);
  }
}

async function verifyFile(file: string, { key, json, verbose }: Options): Promise<BundleVerification> {
  const keys = await readKeys(key);
  const origins = new Set(keys.map(({ name }) => name));
  const [origin] = origins;
  const found = await verifyBundle(readUnpacked(file), {
    publicKeys: keys.map((each) => each.key),
    ...(origin !== undefined && origins.size === 1 ? { origin } : {}),
  });
  const { checkpoint, entries, first, last, contiguous, revealed } = found;
  if (json) {
    writeJson({
      ...found,
      checkpoint: checkpoint && { ...checkpoint, root: checkpoint.root.toString("base64") },
    });
    return found;
  }
  if (checkpoint)
    line(
      "checkpoint",
      printable(`${checkpoint.origin}, of ${checkpoint.size} entries, ${checkpoint.extensions[0] ?? ""}`),
    );
  if (first !== null)
    line(
      "entries",
      `${entries} told, from position ${first} to ${last}${contiguous ? ", none left out" : ", not all of them"}`,
    );
  if (revealed > 0) line("revealed", `${revealed} values that their entries commit to`);
  tellProblems(found.problems, verbose === true);
  if (found.ok)
    process.stdout.write(
      `${styleText("green", "✓")} Proven: all that it tells is in the trail, as it was sealed.\n`,
    );
  return found;
}

/** Keys as texts, or in files of them: one a line. Those of this installation when there are none. */
async function readKeys(given: readonly string[]): Promise<VerifierKey[]> {
  if (given.length === 0) {
    const { ownPublicKeys } = await import("./own-trail.ts");
    return (await ownPublicKeys()).map(({ verifierKey }) => parseVerifierKey(verifierKey));
  }
  const texts = await Promise.all(
    given.map(async (key) =>
      /^\S+\+[0-9a-f]{8}\+\S+$/.test(key) ? key : await readFile(key, "utf8").catch(() => key),
    ),
  );
  try {
    return texts
      .flatMap((text) => text.split("\n").filter((each) => each.trim() !== ""))
      .map(parseVerifierKey);
  } catch (error) {
    if (error instanceof NoteError) throw new DomainError("invalid_input", `--key: ${error.message}`);
    throw error;
  }
}

/** The file's text, unpacked when it is packed. Throws a DomainError where there is none. */
async function* readUnpacked(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((error: unknown) => {
    throw new DomainError(
      "not_found",
      `${file} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  await handle.close();
  const source = createReadStream(file);
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) {
    yield* source;
    return;
  }
  const gunzip = createGunzip();
  const piping = pipeline(source, gunzip);
  // What goes wrong on the way reaches whoever reads from it.
  piping.catch(() => undefined);
  yield* gunzip;
}

const line = (name: string, text: string) => process.stdout.write(`  ${name.padEnd(12)} ${text}\n`);
