import { type Listing, listing } from "../answers.ts";

/** What an SDK's list call gives back: items that can also be had page by page. */
export type ArmPages<T> = { byPage(): AsyncIterable<readonly T[]> };

/** Refusals by which Azure says that the subscription was never set up for a provider. */
const neverUsed = new Set(["MissingSubscriptionRegistration", "SubscriptionNotRegistered"]);

/**
 * The items of one of Azure's lists. A subscription that isn't registered with the provider can hold nothing of it: its
 * list is empty, which is no failure.
 */
export const armListing = <T>(operation: string, list: ArmPages<T>): Listing<T> =>
  listing(operation, pagesOf(list), (page) => page);

async function* pagesOf<T>(list: ArmPages<T>): AsyncGenerator<readonly T[]> {
  try {
    yield* list.byPage();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && neverUsed.has(String(error.code)))) throw error;
  }
}

/** Reads a short list whole, for a facet that is made of all its items. */
export async function allOf<T>(list: ArmPages<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pagesOf(list)) items.push(...page);
  return items;
}
