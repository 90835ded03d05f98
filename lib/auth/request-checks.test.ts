import { expect, test } from "vitest";
import { clientAddress, hostRefusal, requireSameOrigin } from "./request-checks.ts";

test.each([
  "localhost",
  "localhost:3000",
  "LOCALHOST:3000",
  "127.0.0.1:3000",
  "127.8.9.1",
  "[::1]",
  "[::1]:3000",
])("the sandbox answers %s", (host) => {
  expect(hostRefusal(host, { sandbox: true })).toBeNull();
});

test.each([
  "evil.example",
  "evil.example:3000",
  "localhost.evil.example",
  "evil-localhost",
  "127.0.0.1.evil.example",
  "localhost@evil.example",
  "localhost:3000@evil.example",
  "0.0.0.0:3000",
  "192.168.1.4:3000",
  "[::ffff:10.0.0.1]:3000",
  "localhost:",
  "",
  null,
])("the sandbox refuses %j, and a real installation leaves it to its proxy", (host) => {
  expect(hostRefusal(host, { sandbox: true })).toBe(
    "In sandbox mode Parapet answers on this machine alone. Open it as localhost or 127.0.0.1.",
  );
  expect(hostRefusal(host, { sandbox: false })).toBeNull();
});

const post = (headers: Record<string, string>) =>
  new Request("http://parapet.test/", { method: "POST", headers });

test("a write is taken from the own origin alone", () => {
  expect(
    requireSameOrigin(post({ host: "localhost:3000", origin: "http://localhost:3000" })),
  ).toBeUndefined();
  const refused: Record<string, string>[] = [
    { host: "localhost:3000" },
    { host: "localhost:3000", origin: "null" },
    { host: "localhost:3000", origin: "http://localhost:3001" },
    { host: "localhost:3000", origin: "http://evil.example" },
    { host: "localhost:3000", origin: "http://localhost:3000.evil.example" },
  ];
  for (const headers of refused) {
    expect(() => requireSameOrigin(post(headers)), JSON.stringify(headers)).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
  }
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["10.0.0.1, 203.0.113.9", "203.0.113.9"],
  ["::ffff:127.0.0.1", "127.0.0.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["x".repeat(500), "x".repeat(45)],
])("takes %.40s for the client's address", (forwarded, address) => {
  expect(clientAddress(new Headers({ "x-forwarded-for": forwarded }))).toBe(address);
});

test("no forwarded address is none", () => {
  expect(clientAddress(new Headers())).toBeNull();
});
