#!/usr/bin/env node
// Verifies a proof bundle of Parapet's audit trail: node verify-entry.mjs <bundle.ndjson[.gz]> <public key>
// The key is the line that `parapet audit public-key` prints: <name>+<hash>+<key>. Nothing else is needed or asked.
import { createHmac, createPublicKey, hash, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const [file, keyText] = process.argv.slice(2);
if (!file || !keyText)
  fail("Say which bundle, and the public key: verify-entry.mjs <bundle> <name>+<hash>+<key>");
const bytes = readFileSync(file);
const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
const [headerLine, ...lines] = text.split("\n").filter((line) => line !== "");
const header = parse(headerLine ?? "");

// 1. The checkpoint: a C2SP signed note, by Ed25519, of how many entries there are and what their Merkle root is.
const [, name, , encoded] =
  /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(keyText) ?? fail("This is no public key.");
const raw = Buffer.from(encoded, "base64").subarray(1);
const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
const publicKey = createPublicKey({ key: der, format: "der", type: "spki" });
const end = header.checkpoint.lastIndexOf("\n\n");
const signedText = header.checkpoint.slice(0, end + 1);
const signatures = header.checkpoint
  .slice(end + 2)
  .split("\n")
  .filter((line) => line.startsWith(`— ${name} `));
const signed = signatures.some((line) => {
  const signature = Buffer.from(line.split(" ")[2], "base64").subarray(4);
  return verify(null, Buffer.from(signedText), publicKey, signature);
});
if (!signed) fail("The checkpoint isn't signed by this key: it was forged, or is of another trail.");
const [origin, size, root] = signedText.split("\n");
if (origin !== name || Number(size) !== header.size)
  fail("The checkpoint speaks of something else than the bundle.");

// 2. Entries and hashes, in order and without a gap, lead to that root (RFC 9162, 2.1.1).
const sha256 = (...parts) => hash("sha256", Buffer.concat(parts), "buffer");
const stack = [];
let [position, last, revealed] = [0, null, 0];
const entries = [];
for (const line of lines) {
  const [, at, entry] = /^\{"position":(\d+),"check":"[\w-]{11}","entry":(\{.*\})\}$/s.exec(line) ?? [];
  const told = entry ? { from: Number(at), to: Number(at) + 1 } : parse(line);
  if (told.personal) {
    for (const [commitment, { kind, value, opening }] of Object.entries(told.personal)) {
      const mac = createHmac("sha256", Buffer.from(opening, "base64url")).update(
        JSON.stringify([kind, value]),
      );
      const stands = told.position === last?.position && last.entry.includes(`{"commitment":"${commitment}"`);
      if (!stands || mac.digest("base64url") !== commitment)
        fail(`Entry ${told.position} doesn't say ${value}.`);
      revealed += 1;
    }
    continue;
  }
  let level = Math.log2(told.to - told.from);
  if (
    told.from !== position ||
    !Number.isSafeInteger(told.to) ||
    !Number.isInteger(level) ||
    told.from % 2 ** level
  )
    fail(`Position ${position} is missing.`);
  let node = entry ? sha256(Buffer.of(0), Buffer.from(entry)) : Buffer.from(`${told.hash}`, "base64");
  if (node.length !== 32) fail(`Position ${position} has no hash.`);
  for (; stack.at(-1)?.level === level; level += 1) node = sha256(Buffer.of(1), stack.pop().node, node);
  stack.push({ level, node });
  position = told.to;
  if (!entry) continue;
  last = { position: told.from, entry };
  entries.push(last);
}
if (position !== Number(size)) fail(`The bundle ends at position ${position} of ${size}.`);
const computed = stack
  .map(({ node }) => node)
  .reduceRight((right, left) => sha256(Buffer.of(1), left, right));
if (computed.toString("base64") !== root)
  fail("What the bundle tells isn't what was signed: it was changed.");

for (const { position, entry } of entries) console.log(visible(`${position}\t${entry}`));
console.log(
  `Proven: ${entries.length} of ${size} entries of ${origin}, as they were sealed; ${revealed} values revealed.`,
);

function parse(line) {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    return fail("A line is none that a bundle has.");
  }
}

// Whatever a bundle holds, it says nothing to the terminal: what could move its cursor or turn text round is shown as JSON has it.
function visible(shown) {
  return shown.replace(/(?!\t)[\p{Cc}\p{Cf}\u2028\u2029]/gu, (mark) =>
    mark
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function fail(why) {
  console.error(visible(why));
  process.exit(1);
}
