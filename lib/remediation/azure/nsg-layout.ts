import { canonicalJson } from "#lib/canonical-json.ts";
import type { Narrowed } from "./nsg-closings.ts";
import { byPriority, type NsgRule } from "./security-rule.ts";

export type Layout = {
  after: NsgRule[];
  /** Rules to be made, then rules to be made less of, in the order in which nothing is open or shut that needn't be. */
  written: NsgRule[];
  /** Names. */
  deleted: string[];
};

/**
 * Gives the pieces of rules their names and priorities. A rule's first piece keeps both; the others get free priorities
 * as near as may be, with no deny rule between, so that what counts first stays so. A piece that is there already, as
 * after a run that was cut off, is left as it is.
 *
 * @param rules All of the group's own rules.
 * @returns `refused` where there is no room left.
 */
export function layOut(
  rules: readonly NsgRule[],
  narrowed: readonly Narrowed[],
): Layout | { refused: string } {
  const changed = narrowed.filter(({ rule, pieces }) => pieces.length !== 1 || pieces[0] !== rule);
  const added: NsgRule[] = [];
  const less: NsgRule[] = [];
  const deleted: string[] = [];
  for (const { rule, pieces } of changed) {
    const [main, ...others] = pieces;
    for (const [index, piece] of others.entries()) {
      const here = [...rules, ...added];
      if (here.some((one) => one.name !== rule.name && isSame(one, piece) && isBeside(rules, rule, one)))
        continue;
      const priority = freePriority(here, rule);
      if (priority === null)
        return { refused: `There is no priority free beside rule ${rule.name}, which has to be split.` };
      added.push({ ...piece, priority, name: freeName(here, rule.name, index + 2) });
    }
    if (main) less.push({ ...main, name: rule.name, priority: rule.priority });
    else deleted.push(rule.name);
  }
  const written = [...added, ...less];
  const gone = new Set([...deleted, ...written.map(({ name }) => name)]);
  const after = [...rules.filter(({ name }) => !gone.has(name)), ...written].sort(byPriority);
  return { after, written, deleted };
}

const isSame = (a: NsgRule, b: NsgRule): boolean => bodyOf(a) === bodyOf(b);

const bodyOf = ({ name: _name, priority: _priority, ...body }: NsgRule): string => canonicalJson(body);

/** The priorities between the deny rules next to a rule, without them. */
function roomBeside(rules: readonly NsgRule[], { priority }: NsgRule): { from: number; to: number } {
  const denies = rules.filter(({ direction, access }) => direction === "Inbound" && access === "Deny");
  const before = denies.map((one) => one.priority).filter((one) => one < priority);
  const behind = denies.map((one) => one.priority).filter((one) => one > priority);
  return { from: Math.max(99, ...before) + 1, to: Math.min(4097, ...behind) - 1 };
}

function isBeside(rules: readonly NsgRule[], rule: NsgRule, other: NsgRule): boolean {
  const { from, to } = roomBeside(rules, rule);
  return from <= other.priority && other.priority <= to;
}

function freePriority(rules: readonly NsgRule[], rule: NsgRule): number | null {
  const { from, to } = roomBeside(rules, rule);
  const taken = new Set(
    rules.filter(({ direction }) => direction === "Inbound").map(({ priority }) => priority),
  );
  for (let next = rule.priority + 1; next <= to; next += 1) if (!taken.has(next)) return next;
  for (let next = rule.priority - 1; next >= from; next -= 1) if (!taken.has(next)) return next;
  return null;
}

/** Names are unique in a group, whatever the direction, and end in a letter, a digit or an underscore. */
function freeName(rules: readonly NsgRule[], base: string, number: number): string {
  const taken = new Set(rules.map(({ name }) => name.toLowerCase()));
  for (let next = number; ; next += 1) {
    const name = `${base.slice(0, 74)}-${next}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
