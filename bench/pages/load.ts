import { setTimeout as sleep } from "node:timers/promises";
import { Chance } from "./chance.ts";
import type { Product } from "./product.ts";
import { type Asked, addressOf, kindsAsked, type Values } from "./requests.ts";

export type Sample = { kind: Asked; ms: number; address: string };

/**
 * Every one signed in asks something once a second, whether or not the answer before has come. The time is from asking to
 * the last byte of the answer. Throws when an answer is not 200.
 */
export async function putUnderLoad(
  product: Product,
  values: Values,
  options: { seconds: number; seed: number; until?: Promise<unknown> },
): Promise<Sample[]> {
  const samples: Sample[] = [];
  let over = false;
  const end = () => {
    over = true;
  };
  // What became of it is the caller's affair.
  options.until?.then(end, end);
  const users = product.cookies.map(async (cookie, user) => {
    const chance = new Chance(options.seed * 1_000 + user);
    // Not all in the same moment.
    await sleep((user * 1000) / product.cookies.length);
    const under: Promise<void>[] = [];
    for (let second = 0; second < options.seconds && !over; second += 1) {
      const kind = chance.pick(kindsAsked);
      under.push(ask(product, cookie, kind, addressOf(kind, values, chance), samples));
      await sleep(1000);
    }
    await Promise.all(under);
  });
  await Promise.all(users);
  return samples;
}

async function ask(
  product: Product,
  cookie: string,
  kind: Asked,
  address: string,
  samples: Sample[],
): Promise<void> {
  const startedAt = performance.now();
  const answer = await fetch(product.url + address, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  samples.push({ kind, ms: performance.now() - startedAt, address });
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}.`);
}

/** The time within which so large a share of the samples lies. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
