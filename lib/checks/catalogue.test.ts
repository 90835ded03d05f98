import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "./index.ts";
import { severities } from "./model.ts";

const folder = import.meta.dirname;
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /^(aws|azure|gcp)\/.*\.ts$/.test(name) && !/\.test(-data)?\.ts$/.test(name))
  .filter((name) => !/^[a-z]+\/index\.ts$/.test(name))
  .sort();
/** What the checks of several clouds reckon with lies beside the clouds. */
const sharedByClouds = ["days.ts", "ip-ranges.ts"];
/** `<cloud>/<service>/<name>.ts` is a check; what several checks share lies beside the services. */
const checkFiles = sources.filter((name) => name.split("/").length === 3);
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const pathOf = (id: string) => `${id.replaceAll(".", "/")}.ts`;
const sentences = (text: string) => text.split(/[.!?](?:\s|$)/).filter(Boolean).length;

/** How each cloud names a permission, where it documents itself, and by what it is changed. */
const waysOf = {
  aws: {
    permission: /^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/,
    documentation: "docs.aws.amazon.com",
    cli: /^aws [a-z0-9]+ [a-z-]+/,
    terraform: /^(resource|data) "aws_/,
  },
  azure: {
    // An action of Azure Resource Manager, or an application permission of Microsoft Graph.
    permission: /^(Microsoft\.[A-Z]\w+(\/[A-Za-z]\w*)+\/(read|action)|[A-Z]\w+(\.[A-Z]\w+){1,3})$/,
    documentation: "learn.microsoft.com",
    cli: /^az [a-z]+ [a-z-]+/,
    terraform: /^(resource|data) "(azurerm|azuread|azapi)_/,
  },
  gcp: {
    permission: /^[a-z]+(\.[a-zA-Z]+){2}$/,
    documentation: "docs.cloud.google.com",
    cli: /^(gcloud|bq|gsutil) [a-z-]+/,
    terraform: /^(resource|data) "google_/,
  },
};
const ways = (id: string) => waysOf[id.split(".")[0] as keyof typeof waysOf];

describe("the catalogue", () => {
  it("lists exactly the checks of the folder, sorted by id", () => {
    expect(catalogue.map(({ id }) => pathOf(id))).toEqual(checkFiles);
  });
  it("gives each check a title of its own", () => {
    const titles = catalogue.map(({ title }) => title.toLowerCase());
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describe.each(catalogue.map((check) => [check.id, check] as const))("%s", (id, check) => {
  it("is named and classed like the others", () => {
    expect(id).toMatch(/^(aws|azure|gcp)(\.[a-z0-9]+(-[a-z0-9]+)*){2}$/);
    expect(check.resource.split(".")[0]).toBe(id.split(".")[0]);
    expect(check.title).toMatch(/^[A-Z].{9,79}[^.]$/);
    expect(severities).toContain(check.severity);
  });
  it("names the provider's permissions", () => {
    expect(check.permissions.length).toBeGreaterThan(0);
    expect(new Set(check.permissions).size).toBe(check.permissions.length);
    for (const permission of check.permissions) expect(permission).toMatch(ways(id).permission);
  });
  it("says what is at risk in two sentences at most", () => {
    expect(check.risk).toMatch(/^[A-Z].*\.$/s);
    expect(sentences(check.risk)).toBeLessThanOrEqual(2);
  });
  it("says how to put it right, in every way that there is", () => {
    const { text, url, console: steps, cli, terraform } = check.remediation;
    expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(new URL(url)).toMatchObject({ protocol: "https:", hostname: ways(id).documentation });
    expect(steps?.length).toBeGreaterThanOrEqual(2);
    expect(cli).toMatch(ways(id).cli);
    expect(terraform).toMatch(/^(resource|data) "[a-z0-9_]+" "[a-z0-9_]+" \{\n[\s\S]*\n\}$/);
    expect(terraform).toMatch(ways(id).terraform);
    const braces = [...`${cli}${terraform}`.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name);
    expect(["name", "uid", "id", "region", "account"]).toEqual(expect.arrayContaining([...new Set(braces)]));
  });
  it("has its table of examples beside it", () => {
    const test = pathOf(id).replace(/\.ts$/, ".test.ts");
    expect(existsSync(join(folder, test)), test).toBe(true);
    const name = /export const (\w+) = defineCheck/.exec(read(pathOf(id)))?.[1];
    const source = read(test);
    expect(source).toContain(`testCheck(${name}, {`);
    for (const part of ["pass", "fail", "unknown"])
      expect(source).toMatch(new RegExp(`^ {2}${part}: \\[`, "m"));
    expect(source).not.toMatch(/\.(skip|only|todo)\b/);
  });
});

describe.each([...sources, ...sharedByClouds])("%s", (name) => {
  const source = read(name);
  it("imports nothing but pure code", () => {
    const imports = [...source.matchAll(/^(import type |import |export .* from )[^;]*?["']([^"']+)["'];/gms)];
    for (const [statement, , from = ""] of imports) {
      const isPure =
        /^#lib\/checks\/(aws|azure|gcp)\/[\w-]+\.ts$/.test(from) ||
        /^\.\/[\w-]+\.ts$/.test(from) ||
        from === "#lib/checks/model.ts" ||
        sharedByClouds.some((file) => from === `#lib/checks/${file}`) ||
        from === "ipaddr.js";
      const isType = statement.startsWith("import type ") && /^#lib\/inventory\/[\w/.-]+\.ts$/.test(from);
      expect(isPure || isType, statement).toBe(true);
    }
  });
  it("reaches for no clock, chance, environment or network", () => {
    expect(source).not.toMatch(
      /Date\.now|new Date\(\)|\bMath\.random|\bprocess\.\w|\bfetch\(|\bimport\(|\bconsole\.\w|\brequire\(/,
    );
  });
});
