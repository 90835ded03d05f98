import { hash } from "node:crypto";
import { expect, it } from "vitest";
import { batchHash, batchHeader, firstPrevious, originOf, packIds } from "./header.ts";

const batch = {
  ...{ n: 0, first: 0, size: 2, entries: [7, 2 ** 40], leaves: Buffer.alloc(64, 3) },
  ...{ from: "2026-11-21T10:00:00.000Z", to: "2026-11-21T10:00:01.000Z", xidFrom: "900", xidTo: "901" },
  ...{ cluster: "7", floor: 6, sealedAt: "2026-11-21T10:00:02.000Z", previous: firstPrevious, keyId: "k1" },
};

it("states everything a batch is, in canonical JSON, and hashes that", () => {
  const zeros = Buffer.alloc(32).toString("base64");
  const entries = hash("sha256", Buffer.from("00000000000000070000010000000000", "hex"), "base64");
  const leaves = hash("sha256", Buffer.alloc(64, 3), "base64");
  const header =
    `{"cluster":"7","entries":"${entries}","first":0,"floor":6,"from":"2026-11-21T10:00:00.000Z","keyId":"k1",` +
    `"leaves":"${leaves}","n":0,"previous":"${zeros}","sealedAt":"2026-11-21T10:00:02.000Z","size":2,` +
    `"to":"2026-11-21T10:00:01.000Z","v":1,"xidFrom":"900","xidTo":"901"}`;
  expect(batchHeader(batch)).toBe(header);
  expect(batchHash(batch).toString("hex")).toBe(hash("sha256", header));
});

it("hashes to another with any field another", () => {
  const others = [
    { n: 1 },
    { first: 1 },
    { size: 3 },
    { entries: [7, 8] },
    { leaves: Buffer.alloc(64, 4) },
    { from: "2026-11-21T10:00:00.001Z" },
    { to: "2026-11-21T10:00:01.001Z" },
    { xidFrom: "899" },
    { xidTo: "902" },
    { cluster: "8" },
    { floor: 5 },
    { sealedAt: "2026-11-21T10:00:02.001Z" },
    { previous: Buffer.alloc(32, 1) },
    { keyId: "k2" },
  ].map((change) => batchHash({ ...batch, ...change }).toString("hex"));
  expect(new Set([...others, batchHash(batch).toString("hex")]).size).toBe(15);
});

it("packs ids beyond 32 bits, and names the trail for its first batch", () => {
  expect(packIds([1, 2 ** 53 - 1]).toString("hex")).toBe("0000000000000001001fffffffffffff");
  expect(originOf(Buffer.from("00112233445566778899", "hex"))).toBe("parapet/0011223344556677");
});
