import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { parseEnv } from "../env.ts";
import { parseSecretKeys } from "./key-list.ts";

const base64 = randomBytes(32).toString("base64");

it("takes keys in their order, with commas or spaces between", () => {
  const other = randomBytes(32).toString("base64");
  expect(parseSecretKeys(`2026:${base64}, 2025:${other}`)).toEqual([
    { id: "2026", base64 },
    { id: "2025", base64: other },
  ]);
  expect(parseSecretKeys(`a:${base64.replace("=", "")}`)).toEqual([
    { id: "a", base64: base64.replace("=", "") },
  ]);
});

it.each([
  ["nothing", " , ", "must hold at least one key"],
  ["a key without its id", base64, "entry 1 is not"],
  ["a key that is too short", `a:${randomBytes(16).toString("base64")}`, "key a is not one"],
  ["what is no Base64", `a:${base64.slice(0, -2)}!=`, "key a is not one"],
  ["an id twice", `a:${base64},a:${base64}`, "names the key a twice"],
  ["an id with a space", `my key:${base64}`, "entry 1 is not"],
])("refuses %s, and says nothing of the keys", (_, text, message) => {
  const refusal = (): string => {
    try {
      parseEnv({ PARAPET_SECRET_KEYS: text === " , " ? "," : text });
      return "";
    } catch (error) {
      return String(error);
    }
  };
  expect(refusal()).toContain(`PARAPET_SECRET_KEYS `);
  expect(refusal()).toContain(message);
  expect(refusal()).not.toContain(base64.slice(0, 12));
});
