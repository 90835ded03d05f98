import { parseOptions } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";
import { passwordWeakness } from "./password-rule.ts";

test("hashes are argon2id under the parameters OWASP names", async () => {
  const passwordHash = await hashPassword("a quiet harbour at dusk");
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(parseOptions(passwordHash)).toEqual({
    algorithm: 2,
    version: 1,
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
    outputLen: 32,
    saltLen: 16,
  });
  expect(await hashPassword("a quiet harbour at dusk")).not.toBe(passwordHash);
});

test("only the right password verifies, and nobody's never does", async () => {
  const passwordHash = await hashPassword("zwölf Brücken über Nacht");
  expect(await verifyPassword(passwordHash, "zwölf Brücken über Nacht")).toBe(true);
  expect(await verifyPassword(passwordHash, "zwölf Brücken über Nacht".normalize("NFD"))).toBe(true);
  expect(await verifyPassword(passwordHash, "zwölf Brücken über Tag")).toBe(false);
  expect(await verifyPassword(null, "zwölf Brücken über Nacht")).toBe(false);
});

const owner = { name: "Maria Okafor", email: "maria.okafor@example.test" };

test.each([
  ["short", "Use at least 12 characters."],
  ["x".repeat(257), "Use at most 256 characters."],
])("refuses %.20s for its length", (password, reason) => {
  expect(passwordWeakness(password, owner)).toBe(reason);
});

test.each([
  "Password1234",
  "password12345678",
  "Administrator2026!",
  "aaaaaaaaaaaaaaaa",
  "abcdefghijklmnop",
  "1234567890123456",
  "CorrectHorseBatteryStaple",
  "mariaokafor2026",
  "ababababababababab",
  "qwertyuiop1qaz2wsx",
])("refuses %s as guessable", (password) => {
  expect(passwordWeakness(password, owner)).toBe(
    "This one is easily guessed. A few unrelated words make a good password.",
  );
});

test.each([
  "a quiet harbour at dusk",
  "tR7#kq9!vLm2",
  "Zwölf Brücken über Nacht",
  "沉默的港口在黄昏时分亮起灯",
])("accepts %s", (password) => {
  expect(passwordWeakness(password, owner)).toBeNull();
});
