import fc from "fast-check";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import type { Kind } from "#lib/inventory/model.ts";

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T] & string;
/** Configs with every field read, and the names of the fields that may be unread. */
type Arbitrary<T> = { whole: fc.Arbitrary<T>; optional: OptionalKeys<T>[] };
export type Arbitraries<K extends Kind> = { [P in K]: Arbitrary<ResourceConfigs[P]> };

export const { boolean, constant, constantFrom } = fc;
export const name = fc.string({ unit: "binary", maxLength: 12 });
export const text = constant("text");
export const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 });
export const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.array(arbitrary, { maxLength });
export const date = fc
  .integer({ min: -400, max: 100 })
  .map((days) => new Date(Date.UTC(2026, 0, 31) + days * 86_400_000).toISOString());
