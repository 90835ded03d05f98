import { expect, test } from "vitest";
import { isTrusted, trustEmulators } from "./trusted-emulators.ts";

const local = "http://127.0.0.1:4566";
const emulator = {
  resourceManagerUrl: "https://127.0.0.1:4567/arm",
  authorityUrl: "https://127.0.0.1:4567",
  graphUrl: "https://127.0.0.1:4567/graph",
  ca: "-----BEGIN CERTIFICATE-----",
};

test("an address counts once it is trusted, and all of a connection must", () => {
  expect(isTrusted({ type: "ambient", endpointUrl: local })).toBe(false);
  expect(isTrusted({ type: "default", emulator })).toBe(false);
  trustEmulators([local, emulator.resourceManagerUrl]);
  expect(isTrusted({ type: "ambient", endpointUrl: `${local}/` })).toBe(true);
  expect(isTrusted({ type: "default", emulator })).toBe(true);
  expect(
    isTrusted({ type: "default", emulator: { ...emulator, authorityUrl: "https://evil.example" } }),
  ).toBe(false);
  for (const endpointUrl of ["http://127.0.0.1:4568", "http://127.0.0.1:4566@evil.example", "not a url"]) {
    expect(isTrusted({ type: "ambient", endpointUrl })).toBe(false);
  }
});
