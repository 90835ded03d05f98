import { z } from "zod";

const Page = z.object({ value: z.array(z.looseObject({ id: z.string().optional() })) });

/** Given to a list call of the SDK as an option, and asked afterwards. */
export type RawFields = {
  onResponse(response: { bodyAsText?: string | null }): void;
  /** Whether the answer held the fields, all of them, for the resource of that id. */
  has(id: string | undefined): boolean;
};

/**
 * Tells what answers really held. The SDK's models have defaults, and put them in where an answer leaves a field out: what
 * wasn't said would count as switched on or off.
 *
 * @param paths The fields, such as `["properties", "enableDdosProtection"]`.
 */
export function rawFields(...paths: readonly (readonly string[])[]): RawFields {
  const ids = new Set<string>();
  return {
    onResponse({ bodyAsText }) {
      const { data } = Page.safeParse(JSON.parse(bodyAsText ?? "null"));
      for (const item of data?.value ?? []) {
        if (item.id !== undefined && paths.every((path) => isThere(item, path))) ids.add(item.id);
      }
    },
    has: (id) => id !== undefined && ids.has(id),
  };
}

function isThere(item: object, path: readonly string[]): boolean {
  let at: unknown = item;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return false;
    at = Reflect.get(at, step);
  }
  return at !== undefined && at !== null;
}
