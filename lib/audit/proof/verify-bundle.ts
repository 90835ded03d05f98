import { createHmac, type KeyObject } from "node:crypto";
import { canonicalJson } from "../../canonical-json.ts";
import { leafOf } from "../entry.ts";
import { nodeHash } from "../merkle/tree.ts";
import { type Checkpoint, NoteError, verifyCheckpoint } from "../note.ts";
import { compareProblems, type Problem } from "../verify/problem.ts";
import { type BundledValues, type BundleHeader, checkOf } from "./format.ts";
import { parseHeader, parseLine } from "./parse.ts";

/** An entry that a bundle tells. Proven once the whole bundle has been verified, and not before. */
export type BundledEntry = { position: number; leaf: Buffer; canonical: string };

export type BundleVerification = {
  /** True when the signature holds and everything told leads to the root that was signed. */
  ok: boolean;
  header: BundleHeader | null;
  checkpoint: Checkpoint | null;
  /** How many entries are told. */
  entries: number;
  first: number | null;
  last: number | null;
  /** Whether the entries told follow one another without one left out. */
  contiguous: boolean;
  /** How many revealed values their commitments bear out. */
  revealed: number;
  problems: Problem[];
};

export type VerifyBundleOptions = {
  /** The trail's public keys. */
  publicKeys: readonly KeyObject[];
  /** The origin line expected, when one is known. */
  origin?: string;
  /** Called with each entry told, in order of position. */
  onEntry?(entry: BundledEntry): void;
};

/** Problems kept of one bundle. */
const most = 100;

/** Characters in one line at most: no entry comes near, and a file of one endless line must not fill the memory. */
const longestLine = 33_554_432;

/**
 * Verifies a bundle with nothing but the public keys. `source` yields its text in pieces of any size (unpacked). Nothing is
 * thrown for what is in it: what is wrong is in `problems`.
 */
export async function verifyBundle(
  source: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  options: VerifyBundleOptions,
): Promise<BundleVerification> {
  const verifier = new BundleVerifier(options);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for await (const piece of source) {
      const lines = (
        rest + (typeof piece === "string" ? piece : decoder.decode(piece, { stream: true }))
      ).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) verifier.take(line);
      if (rest.length > longestLine) throw new RangeError("it has a line that is longer than any entry.");
    }
    rest += decoder.decode();
  } catch (error) {
    verifier.report({
      kind: "archive_changed",
      detail: `The file can't be read to its end: ${messageOf(error)}`,
    });
  }
  if (rest !== "") verifier.take(rest);
  return verifier.end();
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A complete subtree whose root is known. */
type Root = { level: number; hash: Uint8Array };

class BundleVerifier {
  readonly #options: VerifyBundleOptions;
  readonly #problems: Problem[] = [];
  #header: BundleHeader | null = null;
  #checkpoint: Checkpoint | null = null;
  #lines = 0;
  /** Roots of the complete subtrees up to the cursor, largest first. */
  #roots: Root[] = [];
  #cursor = 0;
  #entries = 0;
  #first: number | null = null;
  #last: number | null = null;
  #contiguous = true;
  #previous: BundledEntry | null = null;
  #revealed = 0;
  #halted = false;

  constructor(options: VerifyBundleOptions) {
    this.#options = options;
  }

  report(problem: Problem): void {
    if (this.#problems.length < most) this.#problems.push(problem);
  }

  take(line: string): void {
    this.#lines += 1;
    if (this.#halted) return;
    const parsed = this.#lines === 1 ? null : parseLine(line);
    if (this.#lines === 1) this.#takeHeader(line);
    else if (!parsed) this.#halt("changed", `Line ${this.#lines} is none that a bundle has.`);
    else if (parsed.type === "personal") this.#takePersonal(parsed.position, parsed.personal);
    else if (parsed.type === "hash") this.#takeHash(parsed.from, parsed.to, parsed.hash);
    else this.#takeEntry(parsed.position, parsed.check, parsed.canonical);
  }

  end(): BundleVerification {
    if (this.#lines === 0) this.report({ kind: "archive_changed", detail: "There is nothing in it." });
    else if (!this.#halted) this.#checkRoot();
    return {
      ok: this.#problems.length === 0,
      header: this.#header,
      checkpoint: this.#checkpoint,
      entries: this.#entries,
      first: this.#first,
      last: this.#last,
      contiguous: this.#contiguous,
      revealed: this.#revealed,
      problems: this.#problems.sort(compareProblems),
    };
  }

  #halt(kind: Problem["kind"], detail: string, position = this.#cursor): void {
    this.#halted = true;
    this.report({ kind, position, detail });
  }

  #takeHeader(line: string): void {
    this.#header = parseHeader(line);
    if (!this.#header) {
      this.#halted = true;
      this.report({ kind: "archive_changed", detail: "Its first line isn't that of a proof bundle." });
      return;
    }
    try {
      this.#checkpoint = verifyCheckpoint(this.#header.checkpoint, this.#options.publicKeys);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      this.report({ kind: "checkpoint_forged", detail: error.message });
      return;
    }
    const { origin, size } = this.#checkpoint;
    if (this.#options.origin !== undefined && origin !== this.#options.origin) {
      this.report({
        kind: "checkpoint_forged",
        detail: `Its checkpoint is of another trail: ${origin} rather than ${this.#options.origin}.`,
      });
    }
    if (size !== this.#header.size) {
      this.report({
        kind: "checkpoint_forged",
        detail: `Its first line speaks of ${this.#header.size} entries, the signed checkpoint of ${size}.`,
      });
    }
  }

  #takeEntry(position: number, check: string, canonical: string): void {
    const leaf = leafOf(canonical);
    const entryId = entryIdOf(canonical);
    if (position !== this.#cursor) {
      this.#misplaced(position, check, entryId);
      return;
    }
    if (checkOf(leaf) !== check) {
      this.report({
        ...{ kind: "changed", position, ...(entryId ? { entryId } : {}) },
        detail: "The entry says something else than the one that was sealed here.",
      });
    }
    this.#push({ level: 0, hash: leaf });
    this.#entries += 1;
    this.#first ??= position;
    if (this.#last !== null && this.#last !== position - 1) this.#contiguous = false;
    this.#last = position;
    this.#previous = { position, leaf, canonical };
    this.#options.onEntry?.(this.#previous);
  }

  #misplaced(position: number, check: string, entryId: string | null): void {
    const named = entryId ? { entryId } : {};
    if (position > this.#cursor) {
      const count = position - this.#cursor;
      this.#halted = true;
      this.report({
        ...{ kind: "removed", position: this.#cursor, ...(count > 1 ? { count } : {}) },
        detail: `${count === 1 ? "An entry is" : `${count} entries are`} missing, and no hash stands in place.`,
      });
      return;
    }
    const isCopy = this.#previous?.position === position && checkOf(this.#previous.leaf) === check;
    this.#halted = true;
    this.report({
      ...{ kind: isCopy || this.#last === position ? "inserted" : "reordered", position, ...named },
      detail: `An entry of position ${position} stands where that of position ${this.#cursor} belongs.`,
    });
  }

  #takeHash(from: number, to: number, hash: Buffer): void {
    const level = Math.log2(to - from);
    if (from !== this.#cursor) {
      const kind = from > this.#cursor ? "removed" : "inserted";
      this.#halt(kind, `A hash begins at position ${from} where ${this.#cursor} comes next.`);
      return;
    }
    if (!Number.isInteger(level) || from % 2 ** level !== 0) {
      this.#halt("changed", `Positions ${from} to ${to - 1} are no complete subtree.`);
      return;
    }
    this.#push({ level, hash });
  }

  #takePersonal(position: number, personal: BundledValues): void {
    const previous = this.#previous;
    if (previous?.position !== position) {
      this.#halt("changed", "Values are told of no entry.");
      return;
    }
    for (const [commitment, { kind, value, opening }] of Object.entries(personal)) {
      const stands = previous.canonical.includes(`{"commitment":${JSON.stringify(commitment)},"of":`);
      if (stands && commitTo(opening, kind, value) === commitment) {
        this.#revealed += 1;
        continue;
      }
      const entryId = entryIdOf(previous.canonical);
      this.report({
        ...{ kind: "changed", position, ...(entryId ? { entryId } : {}) },
        detail: `The entry doesn't commit to the ${kind} told beside it.`,
      });
    }
  }

  /** Puts a subtree beside those before it, as in adding binary numbers: two of a size become one. */
  #push(root: Root): void {
    let { level, hash } = root;
    this.#cursor += 2 ** level;
    for (let left = this.#roots.at(-1); left && left.level === level; left = this.#roots.at(-1)) {
      this.#roots.pop();
      hash = nodeHash(left.hash, hash);
      level += 1;
    }
    this.#roots.push({ level, hash });
  }

  #checkRoot(): void {
    const { size, root } = this.#checkpoint ?? { size: this.#header?.size ?? 0, root: null };
    if (this.#cursor !== size) {
      const short = this.#cursor < size;
      this.report({
        kind: short ? "tail_cut" : "inserted",
        position: Math.min(this.#cursor, size),
        detail: short
          ? `It ends at position ${this.#cursor}, where the signed checkpoint covers ${size}.`
          : `It goes on to position ${this.#cursor}, where the signed checkpoint covers ${size}.`,
      });
      return;
    }
    const computed = this.#roots
      .slice(0, -1)
      .reduceRight((right, left) => nodeHash(left.hash, right), this.#roots.at(-1)?.hash ?? Buffer.alloc(0));
    if (root && !root.equals(computed) && !this.#problems.some(({ kind }) => kind === "changed")) {
      this.report({
        kind: "changed",
        ...(this.#entries === 1 && this.#first !== null ? { position: this.#first } : {}),
        detail:
          "What it tells doesn't lead to the root that was signed: entries or hashes in it were changed, and the checks beside them made to fit.",
      });
    }
  }
}

/** As `commitmentOf` of ../personal/conceal.ts, for kinds of any later version. */
const commitTo = (opening: string, kind: string, value: string) =>
  createHmac("sha256", Buffer.from(opening, "base64url"))
    .update(canonicalJson([kind, value]))
    .digest("base64url");

/** The entry's own name, from its canonical form; null where that isn't one. */
export function entryIdOf(canonical: string): string | null {
  return /"id":"(ent_[0-9a-f]+)","object":/.exec(canonical)?.[1] ?? null;
}
