import { beforeAll, describe, expect, it } from "vitest";
import { canonicalHash } from "#lib/canonical-json.ts";
import { catalogue as checks } from "#lib/checks/index.ts";
import { cloudOf, clouds } from "#lib/inventory/model.ts";
import { actionKinds, handlerOf } from "./action-handler.ts";
import { calls, operations } from "./catalogue.ts";
import { PlaybookDocument, validatePlaybook } from "./playbook-document.ts";
import { builtInPlaybooks } from "./playbooks/index.ts";
import { registerBuiltInActions } from "./register.ts";

/** How each cloud names a permission. */
const permissionOf = {
  aws: /^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/,
  azure: /^(Microsoft\.[A-Z]\w+(\/[A-Za-z]\w*)+\/(read|write|delete|action)|[A-Z]\w+([.-][A-Za-z]\w+){1,3})$/,
  gcp: /^[a-z]+(\.[a-zA-Z]+){2}$/,
};
const kinds = new Set<string>(checks.map(({ resource }) => resource));
const twice = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);

beforeAll(() => registerBuiltInActions());

describe("the catalogue", () => {
  it("names each operation, call and playbook once", () => {
    expect(twice(operations.map(({ id }) => id))).toEqual([]);
    expect(twice(calls.map(({ api }) => api))).toEqual([]);
    expect(twice(builtInPlaybooks.map(({ id }) => id))).toEqual([]);
    expect(twice(builtInPlaybooks.map(({ title }) => title.toLowerCase()))).toEqual([]);
  });
  it("has no call that no operation makes", () => {
    const made = new Set(operations.flatMap((operation) => operation.calls));
    expect(calls.map(({ api }) => api).filter((api) => !made.has(api))).toEqual([]);
  });
  it("has no operation that no playbook does", () => {
    const done = new Set(
      builtInPlaybooks.flatMap(({ actions }) => actions.map(({ operation }) => operation)),
    );
    expect(operations.map(({ id }) => id).filter((id) => !done.has(id))).toEqual([]);
  });
  it("knows every kind of action", () => {
    expect(actionKinds()).toEqual(["aws", "azure", "gcp", "notification", "script", "webhook"]);
  });
});

describe.each(operations.map((operation) => [operation.id, operation] as const))("%s", (id, operation) => {
  it("is named and classed like the others", () => {
    expect(clouds).toContain(operation.cloud);
    expect(id).toMatch(new RegExp(`^${operation.cloud}\\.[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$`));
    expect(operation.title).toMatch(/^[A-Z].{4,98}[^.]$/);
    expect(operation.kinds.filter((kind) => !kinds.has(kind) || cloudOf(kind) !== operation.cloud)).toEqual(
      [],
    );
    expect(operation.kinds.length).toBeGreaterThan(0);
    if (operation.irreversible !== undefined) expect(operation.irreversible).toMatch(/^[A-Z].*\.$/s);
  });
  it("names what it reads by", () => {
    expect(operation.reads.filter((permission) => !permissionOf[operation.cloud].test(permission))).toEqual(
      [],
    );
    expect(twice(operation.reads)).toEqual([]);
    expect(operation.reads.length).toBeGreaterThan(0);
  });
  it("is made of calls of the catalogue", () => {
    const known = new Set(calls.filter(({ cloud }) => cloud === operation.cloud).map(({ api }) => api));
    expect(operation.calls.filter((api) => !known.has(api))).toEqual([]);
    expect(twice(operation.calls)).toEqual([]);
    expect(operation.calls.length).toBeGreaterThan(0);
  });
});

describe.each(calls.map((call) => [call.api, call] as const))("%s", (api, call) => {
  it("is named like the others, and says what it takes", () => {
    expect(api).toMatch(new RegExp(`^${call.cloud}\\.[A-Za-z0-9]+(\\.[A-Za-z0-9]+)+$`));
    expect(call.permissions.filter((permission) => !permissionOf[call.cloud].test(permission))).toEqual([]);
    expect(call.permissions.length).toBeGreaterThan(0);
  });
});

describe.each(builtInPlaybooks.map((playbook) => [playbook.id, playbook] as const))("%s", (_id, playbook) => {
  it("is what a playbook of one's own would have to be", async () => {
    expect(PlaybookDocument.parse(JSON.parse(JSON.stringify(playbook)))).toEqual(playbook);
    expect(await validatePlaybook(playbook, "built_in")).toEqual([]);
  });
  it("is data, which has a digest", () => {
    expect(canonicalHash(playbook)).toMatch(/^[0-9a-f]{64}$/);
  });
  it("says in sentences what it does, can't undo and leaves to people", () => {
    for (const sentence of [playbook.description, ...playbook.irreversible, ...playbook.leftToPeople]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/s);
    }
  });
  it("takes the approvals that its actions need", () => {
    const traits = playbook.actions.map(({ kind, operation, with: values = {} }) =>
      handlerOf(kind).describe({ kind, operation, with: values }),
    );
    const irreversible =
      traits.some((each) => each.irreversible !== null) || playbook.irreversible.length > 0;
    expect(playbook.approvals).toBeGreaterThanOrEqual(irreversible ? 2 : 0);
  });
});
