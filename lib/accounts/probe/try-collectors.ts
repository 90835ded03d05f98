import { openSession } from "#lib/clouds/open-session.ts";
import type { BoundCollector, CloudSession, ReachableAccount } from "#lib/clouds/session.ts";
import type { Gap } from "#lib/inventory/model.ts";
import { collectorsFor } from "#lib/inventory/registry.ts";
import type { Findings, Question } from "./model.ts";

/** Collectors at work at the same time. */
const places = 6;

/**
 * Has every collector read until it has one resource, in one region, and sees what it is refused. It finds what is missing
 * for what the account holds; of a kind that the account has nothing of, only the list itself is tried.
 */
export async function tryCollectors(
  account: ReachableAccount,
  { secrets, signal }: Question,
  findings: Findings,
): Promise<void> {
  findings.method = "tried";
  const session = openSession({ ...account, secrets });
  try {
    const enabled = (await session.regions(signal)).filter((region) => region.enabled);
    const region = enabled.find(({ name }) => name === "us-east-1") ?? enabled[0];
    const collectors = collectorsFor({ cloud: account.cloud, level: account.level ?? "account" });
    const queue = [...new Set(collectors.map(({ service }) => service))]
      .flatMap((service) => [
        ...session.collectorsOf(service, "global", null),
        ...(region ? session.collectorsOf(service, region.name, null) : []),
      ])
      .map((bound) => ({
        bound,
        declared: collectors.find(({ kind }) => kind === bound.kind)?.permissions ?? [],
      }));
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await tryCollector(session, next.bound, next.declared, signal, findings);
      }
    };
    await Promise.all(Array.from({ length: places }, work));
  } finally {
    session.close();
  }
}

async function tryCollector(
  session: CloudSession,
  bound: BoundCollector,
  declared: readonly string[],
  signal: AbortSignal,
  findings: Findings,
): Promise<void> {
  const gaps: Gap[] = [];
  let sawOne = false;
  try {
    for await (const _ of bound.collect({ signal, onGap: (gap) => gaps.push(gap) })) {
      sawOne = true;
      break;
    }
  } catch (error) {
    signal.throwIfAborted();
    const gap = session.gapOf(error, bound.kind, "global");
    if (!gap) throw error;
    gaps.push(gap);
  }
  findings.lack(gaps.filter(({ code }) => code === "denied").map(({ operation }) => operation));
  if (gaps.length === 0) findings.hold(sawOne ? declared : declared.slice(0, 1));
}
