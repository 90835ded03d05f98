import { diffContents, type PathStep } from "#lib/inventory/diff-config.ts";

const contents = (value: unknown) => ({
  ...{ region: "", name: "", tags: {}, unread: [] },
  config: isRecord(value) ? value : { state: value },
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What differs between two states, a line for what goes and one for what comes. */
export function differences(before: unknown, after: unknown): string[] {
  const { changes, more } = diffContents(contents(before), contents(after));
  const lines = changes.flatMap(({ path, before: was, after: is }) => [
    ...(was === undefined ? [] : [`- ${pathOf(path)}: ${JSON.stringify(was)}`]),
    ...(is === undefined ? [] : [`+ ${pathOf(path)}: ${JSON.stringify(is)}`]),
  ]);
  return more ? [...lines, "… and more; --json has all of it."] : lines;
}

const pathOf = (path: readonly PathStep[]): string =>
  path.map((step) => ("field" in step ? step.field : `[${step.element}]`)).join(".");
