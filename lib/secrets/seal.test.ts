import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { newKeyring } from "../accounts/test-accounts.ts";
import { type SecretPlace, seal, unseal } from "./seal.ts";

const keyring = newKeyring("2026", "2025");
const place: SecretPlace = {
  organisationId: "org_1",
  owner: { kind: "account", id: "acc_1" },
  identity: "read",
  name: "clientSecret",
};
const text = "hush — naïve, 密码, and 32 bytes more";
const keyOf = (id: string) => keyring.byId.get(id) ?? keyring.first;

describe("a sealed secret", () => {
  it("opens as what it was, with any key of the list", () => {
    for (const id of ["2026", "2025"]) {
      expect(unseal(seal(text, place, keyOf(id)), place, id, keyring)).toBe(text);
    }
  });

  it("is another each time, and shows nothing", () => {
    const sealed = Array.from({ length: 50 }, () => Buffer.from(seal(text, place, keyring.first)));
    expect(new Set(sealed.map((bytes) => bytes.subarray(0, 12).toString("hex"))).size).toBe(50);
    for (const bytes of sealed) expect(bytes.includes(Buffer.from("hush"))).toBe(false);
  });

  it.each([
    ["organisation", { organisationId: "org_2" }],
    ["account", { owner: { kind: "account", id: "acc_2" } }],
    ["source of the same id", { owner: { kind: "source", id: "acc_1" } }],
    ["identity", { identity: "write" }],
    ["name", { name: "certificate" }],
  ] satisfies [string, Partial<SecretPlace>][])("opens for no other %s", (_, other) => {
    const sealed = seal(text, place, keyring.first);
    expect(() => unseal(sealed, { ...place, ...other }, "2026", keyring)).toThrow(
      /can't be opened: key 2026/,
    );
  });

  it("opens under no other key's id, and with no other key", () => {
    const sealed = seal(text, place, keyring.first);
    expect(() => unseal(sealed, place, "2025", keyring)).toThrow(
      /key 2025 is not the one it was sealed with/,
    );
    expect(() => unseal(sealed, place, "2026", newKeyring("2026"))).toThrow(/key 2026 is not the one/);
  });

  it("is refused when a single bit of it was changed", () => {
    const sealed = seal(text, place, keyring.first);
    for (const at of [0, 11, 12, 20, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => unseal(changed, place, "2026", keyring)).toThrow(/the stored value was changed/);
    }
    expect(() => unseal(sealed.slice(0, 20), place, "2026", keyring)).toThrow(/can't be opened/);
  });

  it("says what to do when its key is gone", () => {
    const sealed = seal(text, place, keyring.first);
    for (const lacking of [newKeyring("2027"), null]) {
      expect(() => unseal(sealed, place, "2026", lacking)).toThrow(
        "The stored clientSecret can't be opened: it was sealed with key 2026, which PARAPET_SECRET_KEYS doesn't hold. Put that key back into the list of every process, or enter the secret again.",
      );
    }
  });

  it("leaves no key or text in what is printed", () => {
    const raw = keyring.first.key.export().toString("base64");
    const shown = inspect(keyring, { depth: 9, showHidden: true }) + JSON.stringify(keyring);
    expect(shown).not.toContain(raw);
    expect(shown).not.toContain(keyring.first.key.export().toString("hex").slice(0, 16));
  });
});
