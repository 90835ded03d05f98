import { fail, pass, type Remediation, unknown, type Verdict } from "#lib/checks/model.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { isElsewhere } from "./sql-instances.ts";

type Instance = ResourceConfigs["gcp.cloudsql.instance"];

/** What one database flag should be. */
export type FlagRule = {
  engine: Instance["engine"];
  flag: string;
  /** What the engine goes by where the flag is not set, as Cloud SQL documents it. */
  default: string;
  /** The value to set. */
  wanted: string;
  /** Whether a value is as good as the wanted one; when left out, only that one will do. */
  allows?: (value: string) => boolean;
};

const booleans: Record<string, string> = {
  true: "on",
  yes: "on",
  "1": "on",
  false: "off",
  no: "off",
  "0": "off",
};

/** A value as it is compared: flags that switch have several spellings. */
function normal(value: string, rule: FlagRule): string {
  const lower = value.trim().toLowerCase();
  const isSwitch = rule.wanted === "on" || rule.wanted === "off";
  return isSwitch ? (booleans[lower] ?? lower) : lower;
}

/** Whether a flag's value will do; undefined where it is not set. */
export function isAsWanted(rule: FlagRule, set: string | undefined): boolean {
  const value = normal(set ?? rule.default, rule);
  return rule.allows ? rule.allows(value) : value === rule.wanted;
}

/** The verdict on a flag. An instance of another engine does not have it. */
export function judgeFlag({ engine, instanceType, flags }: Instance, rule: FlagRule): Verdict {
  if (engine !== rule.engine || isElsewhere(instanceType)) return pass();
  if (!flags) return unknown("database flags");
  const set = Object.hasOwn(flags, rule.flag) ? flags[rule.flag] : undefined;
  if (isAsWanted(rule, set)) return pass();
  return set === undefined
    ? fail(`The flag ${rule.flag} is not set, and ${rule.default} by default.`, "/flags")
    : fail(`The flag ${rule.flag} is ${set}.`, `/flags/${rule.flag}`);
}

/** How to set a flag. The command line replaces all of an instance's flags, so they have to be named together. */
export const flagRemediation = (rule: FlagRule, text: string): Remediation => ({
  text: `${text} The command replaces every flag of the instance, so name those that stay as well.`,
  url: `https://docs.cloud.google.com/sql/docs/${rule.engine}/flags`,
  console: [
    "Open the instance in the Cloud SQL console, and Edit.",
    `Flags: add ${rule.flag} with the value ${rule.wanted}, or change it.`,
    "Save. Some flags restart the instance.",
  ],
  cli: `gcloud sql instances patch {name} --project {account} --database-flags '${rule.flag}=${rule.wanted},OTHER_FLAGS'`,
  terraform: `resource "google_sql_database_instance" "this" {
  # …
  settings {
    # …
    database_flags {
      name  = "${rule.flag}"
      value = "${rule.wanted}"
    }
  }
}`,
});
