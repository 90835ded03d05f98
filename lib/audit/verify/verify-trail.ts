import type { KeyObject } from "node:crypto";
import { availableParallelism } from "node:os";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import type { Anchor } from "../anchors/anchor.ts";
import type { AuditKeyring } from "../keys.ts";
import { completeSubtrees } from "../merkle/frontier.ts";
import { keyOf, readSubtrees } from "../proof/tree-reader.ts";
import { originOf } from "../seal/header.ts";
import { compareNodes } from "./compare-nodes.ts";
import { findCopies } from "./find-copies.ts";
import { findDisorder } from "./find-disorder.ts";
import { judgeArchives } from "./judge-archives.ts";
import { type Found, findGaps, judgeBatches } from "./judge-batches.ts";
import { judgeAnchors, judgeCheckpoints, readAnchors, readCheckpoints } from "./judge-checkpoints.ts";
import { judgeEntries } from "./judge-entries.ts";
import { judgeStrays } from "./judge-strays.ts";
import type { Part, PartResult, Shared } from "./part.ts";
import { verifyParts } from "./part-pool.ts";
import { compareProblems, type Problem } from "./problem.ts";
import { normalise, subtract } from "./ranges.ts";
import { GrowingTree, type SubtreeRoot } from "./subtree-roots.ts";
import { type BatchPlace, type Survey, surveyArchives, surveyTrail } from "./survey.ts";
import { PartVerifier } from "./verify-part.ts";

export type VerifyOptions = {
  /** The database that holds the trail. */
  url: string;
  /** With all keys everything is verified; with public ones all but the HMACs. */
  keys: AuditKeyring | { publicKeys: readonly KeyObject[] };
  /** Where checkpoints were kept outside. */
  anchors: readonly Anchor[];
  /** The folder of archives; null to take the database's word that they prove what it let go of. */
  archives: string | null;
  /** Positions from here on; batches are verified whole. */
  from?: number;
  /** Positions below this one. */
  to?: number;
  /** Threads; as many as there are processors, but four at most and none for little, when left out. 0 verifies in this one. */
  workers?: number;
  onProgress?(progress: { verified: number; size: number }): void;
  signal?: AbortSignal;
};

export type TrailVerification = {
  ok: boolean;
  /** Entries sealed, all told. */
  size: number;
  /** Which positions were verified. */
  from: number;
  to: number;
  /** How many of them were read and compared, */
  verified: number;
  /** and how many are in archives. */
  archived: number;
  /** Entries that wait to be sealed. */
  pending: number;
  /** By where they are; at most a thousand. */
  problems: Problem[];
  checkpoints: { count: number; size: number; at: string | null };
  anchors: { name: string; size: number | null; readable: boolean }[];
  durationMs: number;
};

/** Entries in one part, unless a batch has more. */
const partSize = 16_384;
/** Below so many entries threads take longer to start than to do it. */
const fewEntries = 8_192;
/** Ids above this are looked up one by one, so that one row with an absurd id doesn't take all memory. */
const mostIds = 1_000_000_000;
/** Copies among more entries than this are looked for by the database. */
const mostFingerprints = 33_554_432;

/**
 * Verifies the trail: every entry against its batch, every batch against its HMAC and the one before, the tree against
 * signed checkpoints, those against the anchors outside, and archives in place of what the database let go of. Nothing in
 * the database can make it throw; it throws when the database can't be read.
 */
export async function verifyTrail(options: VerifyOptions): Promise<TrailVerification> {
  const startedAt = performance.now();
  const database = openDatabase(options.url, {
    max: 2,
    applicationName: "parapet-audit-verify",
    statementTimeoutMs: 600_000,
  });
  try {
    const found = await new Verification(database, options).run();
    return { ...found, durationMs: Math.round(performance.now() - startedAt) };
  } finally {
    await database.close();
  }
}

class Verification {
  readonly #database: OpenDatabase;
  readonly #options: VerifyOptions;
  readonly #publicKeys: readonly KeyObject[];
  readonly #macKeys: Map<string, KeyObject> | null;
  readonly #found: Found = { faults: [], mismatches: [], unproven: [], badNodes: [], twice: [], more: 0 };
  readonly #missing: number[] = [];
  readonly #strays: number[] = [];
  readonly #runs: number[] = [];
  #verified = 0;

  constructor(database: OpenDatabase, options: VerifyOptions) {
    this.#database = database;
    this.#options = options;
    const { keys } = options;
    const all = "byId" in keys ? [...keys.byId.values()] : null;
    this.#publicKeys = "byId" in keys ? [...keys.byId.values()].map((key) => key.public) : keys.publicKeys;
    this.#macKeys = all && new Map(all.map((key) => [key.id, key.mac]));
  }

  async run(): Promise<Omit<TrailVerification, "durationMs">> {
    const { anchors, from = 0, to = Number.MAX_SAFE_INTEGER, archives: folder } = this.#options;
    const isWhole = from <= 0;
    // Anchors first: whatever they hold by now, the database must hold, too.
    const readings = await readAnchors(anchors, this.#publicKeys, isWhole ? "all" : "newest");
    const survey = await surveyTrail(this.#database.db);
    const { believed, problems } = readCheckpoints(
      isWhole ? survey.checkpoints : survey.checkpoints.filter(({ size }) => size > from),
      this.#publicKeys,
    );
    const end = survey.batches.at(-1);
    const size = end ? end.first + end.size : 0;
    const batches = survey.batches.filter((batch) => batch.first < to && batch.first + batch.size > from);
    const last = batches.at(-1);
    const span = {
      from: batches[0]?.first ?? Math.min(from, size),
      to: last ? last.first + last.size : size,
    };
    const marks = [
      ...believed.map(({ checkpoint }) => checkpoint.size),
      ...readings.flatMap(({ notes }) => notes?.map(({ checkpoint }) => checkpoint.size) ?? []),
      ...(await surveyArchives(this.#database.db)).map(({ checkpointSize }) => checkpointSize),
    ];
    const shared = this.#share(survey, span);
    const parts = partsOf(batches, normaliseMarks(marks), span.from);
    const results = await this.#verifyParts(parts, shared, span);
    const roots = await this.#foldTree(parts, results, span.from);
    const firstFault = this.#firstFault(survey.batches);
    const origin = survey.firstHash ? originOf(survey.firstHash) : null;
    const tree = { size, origin, roots, firstFault };
    problems.push(...judgeCheckpoints(believed, tree));
    problems.push(...judgeAnchors(readings, survey.anchors, believed, tree, isWhole));
    const strays = await this.#judgeStrays(survey, shared, isWhole);
    problems.push(...strays.problems);
    const faulty = new Set(this.#found.faults.map(({ n }) => n));
    if (isWhole) problems.push(...findGaps(survey.batches, strays.strays, faulty));
    const archiveRows = await surveyArchives(this.#database.db);
    const archives = await judgeArchives(
      isWhole ? archiveRows : archiveRows.filter(({ positions }) => Math.max(...positions) > from),
      this.#missing,
      {
        ...{ db: this.#database.db, folder, publicKeys: this.#publicKeys, origin, roots },
      },
    );
    problems.push(...archives.problems);
    problems.push(...judgeEntries(this.#found));
    const signedSize = Math.max(
      0,
      ...believed.map(({ checkpoint }) => checkpoint.size),
      ...readings.flatMap(({ notes }) => notes?.map(({ checkpoint }) => checkpoint.size) ?? []),
    );
    const named = await judgeBatches(this.#found, {
      batches,
      signedSize,
      findDisorder: (n) => findDisorder(this.#database.sql, n),
    });
    problems.push(...named);
    problems.push(...(await findCopies(this.#database.sql, shared, span)));
    problems.push(...this.#judgeNodes(firstFault));
    const told = withoutConsequences(problems).sort(compareProblems).slice(0, 1_000);
    const newest = believed.at(-1)?.checkpoint;
    return {
      ...{ ok: told.length === 0, size, ...span, verified: this.#verified, archived: archives.archived },
      ...{ pending: strays.pending, problems: told },
      checkpoints: {
        count: survey.checkpoints.length,
        size: newest?.size ?? 0,
        at: newest?.extensions.find((line) => line.startsWith("at "))?.slice(3) ?? null,
      },
      anchors: readings.map(({ name, notes }) => ({
        ...{ name, readable: notes !== null },
        size: notes && notes.length > 0 ? Math.max(...notes.map(({ checkpoint }) => checkpoint.size)) : null,
      })),
    };
  }

  #share(survey: Survey, span: { from: number; to: number }): Shared {
    const ids = Math.min(survey.highestId, mostIds) + 1;
    const entries = span.to - span.from;
    return {
      sealedIds: new SharedArrayBuffer(4 * Math.ceil(ids / 32)),
      lowestId: 0,
      fingerprints: new SharedArrayBuffer(entries <= mostFingerprints ? 8 * Math.max(entries, 0) : 0),
    };
  }

  async #verifyParts(
    parts: readonly Part[],
    shared: Shared,
    span: { from: number; to: number },
  ): Promise<Map<Part, PartResult>> {
    const { signal, onProgress } = this.#options;
    const isMuch = span.to - span.from > fewEntries;
    const workers = this.#options.workers ?? (isMuch ? Math.min(4, availableParallelism()) : 0);
    const results = new Map<Part, PartResult>();
    let done = 0;
    const take = (part: Part, result: PartResult) => {
      results.set(part, result);
      const { faults, mismatches, unproven, badNodes, twice, more, entries } = result;
      this.#verified += entries;
      this.#found.more += more;
      for (const each of faults) this.#found.faults.push(each);
      for (const each of mismatches) this.#found.mismatches.push(each);
      for (const each of unproven) this.#found.unproven.push(each);
      for (const each of badNodes) this.#found.badNodes.push(each);
      for (const each of twice) this.#found.twice.push(each);
      for (const each of result.missing) this.#missing.push(each);
      for (const each of result.strays) this.#strays.push(each);
      for (const each of result.runs) this.#runs.push(each);
      done += part.size;
      onProgress?.({ verified: done, size: span.to - span.from });
    };
    const data = { url: this.#options.url, keys: this.#macKeys, shared };
    if (workers > 0) {
      await verifyParts(parts, workers, data, take, signal);
    } else {
      const verifier = new PartVerifier(this.#database.sql, this.#macKeys, shared);
      for (const part of parts) {
        signal?.throwIfAborted();
        take(part, await verifier.verify(part));
      }
    }
    this.#linkParts(parts, results);
    sortByPosition(this.#found.mismatches);
    sortByPosition(this.#found.unproven);
    this.#found.faults.sort((a, b) => a.n - b.n);
    return results;
  }

  /** Within a part each batch was held against the one before; the first of a part wasn't. */
  #linkParts(parts: readonly Part[], results: ReadonlyMap<Part, PartResult>): void {
    for (const [index, part] of parts.entries()) {
      const before = parts[index - 1];
      const result = results.get(part);
      const previous = before && results.get(before);
      const hash = before ? previous?.lastHash : part.from === 0 ? "0".repeat(64) : undefined;
      if (hash === undefined || (before && before.to + 1 !== part.from)) continue;
      if (!result || result.firstPrevious === hash) continue;
      if (this.#found.faults.some(({ n }) => n === part.from)) continue;
      const { n, first, size } = { n: part.from, first: part.position, size: part.size };
      this.#found.faults.push({ n, first, size, keyId: "", fault: "previous" });
    }
  }

  /** The tree's roots at every mark, as far as batches follow one another. */
  async #foldTree(
    parts: readonly Part[],
    results: ReadonlyMap<Part, PartResult>,
    from: number,
  ): Promise<ReadonlyMap<number, Buffer>> {
    const roots = new Map<number, Buffer>();
    const tree = await this.#treeUpTo(from);
    const nodes: SubtreeRoot[] = [];
    for (const part of parts) {
      const segments = results.get(part)?.segments ?? [];
      if (!tree || segments.length === 0 || part.position !== tree.size) break;
      for (const { to, roots: subtrees } of segments) {
        for (const { level, index, hash } of subtrees) {
          tree.append({ level, index, hash: Buffer.from(hash) }, (node) => nodes.push(node));
        }
        roots.set(to, tree.root());
      }
    }
    this.#found.badNodes.push(...(await compareNodes(this.#database.sql, nodes)));
    return roots;
  }

  async #treeUpTo(size: number): Promise<GrowingTree | null> {
    const subtrees = completeSubtrees(0, size);
    const hashes = await readSubtrees(this.#database.db, subtrees).catch(() => null);
    if (!hashes) return null;
    return new GrowingTree(
      size,
      subtrees.flatMap((subtree) => {
        const hash = hashes.get(keyOf(subtree));
        return hash ? [{ ...subtree, hash: Buffer.from(hash) }] : [];
      }),
    );
  }

  #firstFault(batches: readonly BatchPlace[]): number {
    const gap = findGaps(batches, 0)[0]?.position;
    return Math.min(
      gap ?? Number.POSITIVE_INFINITY,
      ...this.#found.faults.filter(({ fault }) => fault !== "key").map(({ first }) => first),
    );
  }

  async #judgeStrays(survey: Survey, shared: Shared, isWhole: boolean) {
    const bits = new Int32Array(shared.sealedIds);
    const isSealed = (id: number) =>
      id >= 0 && id <= mostIds && ((bits[Math.floor(id / 32)] ?? 0) & (1 << (id % 32))) !== 0;
    const runs = normalise(this.#runs.map((id, index) => (index % 2 === 0 ? id : id + 1)));
    const highestSealedId = (runs.at(-1) ?? 0) - 1;
    const everything = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    const newest = [Math.max(highestSealedId + 1, survey.numbering?.floor ?? 0), Number.MAX_SAFE_INTEGER];
    return judgeStrays(this.#database.sql, {
      unread: isWhole && this.#options.to === undefined ? subtract(everything, runs) : newest,
      met: isWhole && this.#options.to === undefined ? this.#strays : [],
      ...{ isSealed, numbering: survey.numbering, highestSealedId, keys: this.#macKeys },
    });
  }

  /** Stored hashes of the tree that are others than its leaves make, where nothing else explains that. */
  #judgeNodes(firstFault: number): Problem[] {
    const bad = this.#found.badNodes
      .map(({ level, index, missing }) => ({
        level,
        missing,
        from: index * 2 ** level,
        to: (index + 1) * 2 ** level,
      }))
      .filter(({ to }) => to <= firstFault)
      .sort((a, b) => a.from - b.from || a.level - b.level);
    const [first] = bad;
    if (!first) return [];
    const { from, to, missing } = first;
    return [
      {
        ...{
          kind: "chain_broken",
          position: from,
          of: "tree",
          ...(bad.length > 1 ? { count: bad.length } : {}),
        },
        detail: `The stored hash of positions ${from} to ${to - 1} ${missing ? "is gone" : "isn't that of their leaves"}${bad.length > 1 ? `, nor are ${bad.length - 1} others what they were` : ""}: proofs can't be made until it is computed anew. The entries are as they were sealed.`,
      },
    ];
  }
}

const sortByPosition = (found: { position: number }[]) => found.sort((a, b) => a.position - b.position);
const normaliseMarks = (marks: readonly number[]) => [...new Set(marks)].sort((a, b) => a - b);

/** One problem may be seen from several sides: told once, as what it is. */
function withoutConsequences(problems: readonly Problem[]): Problem[] {
  const specific = new Set(
    problems.filter(({ kind }) => kind !== "chain_broken" && kind !== "unsealed").map(({ batch }) => batch),
  );
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const { kind, batch, position, entryId, of } = problem;
    // A batch that was rewritten to hide a change isn't a second one.
    if (kind === "chain_broken" && batch !== undefined && specific.has(batch)) return false;
    const key = JSON.stringify([kind, position, entryId, of]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Successive batches in parts of about the same size. */
function partsOf(batches: readonly BatchPlace[], marks: readonly number[], first: number): Part[] {
  const parts: Part[] = [];
  for (const batch of batches) {
    const part = parts.at(-1);
    if (part && part.to + 1 === batch.n && part.size + batch.size <= partSize) {
      part.to = batch.n;
      part.size += batch.size;
    } else {
      const { n, first: position, size } = batch;
      parts.push({ from: n, to: n, marks: [], entries: true, first, position, size });
    }
  }
  let mark = 0;
  for (const part of parts) {
    while ((marks[mark] ?? Number.POSITIVE_INFINITY) <= part.position) mark += 1;
    for (let at = mark; (marks[at] ?? Number.POSITIVE_INFINITY) <= part.position + part.size; at += 1) {
      part.marks.push(marks[at] ?? 0);
    }
  }
  return parts;
}
