import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";

/** The verdict on the algorithm of a zone's keys of one type. A zone that is not signed has no keys in use. */
export function judgeKeys(
  { visibility, dnssec, keySpecs }: ResourceConfigs["gcp.dns.zone"],
  type: "keySigning" | "zoneSigning",
): Verdict {
  if (visibility === "private" || dnssec === "off") return pass();
  if (!dnssec) return unknown("DNSSEC");
  if (!keySpecs) return unknown("DNSSEC keys");
  const at = keySpecs.findIndex((key) => key.type === type && key.algorithm.toLowerCase() === "rsasha1");
  if (at < 0) return pass();
  const which = type === "keySigning" ? "key-signing" : "zone-signing";
  return fail(`The zone's ${which} key uses RSASHA1.`, `/keySpecs/${at}/algorithm`);
}
