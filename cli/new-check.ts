import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const usage = "Usage: npm run new:check -- <aws|azure|gcp> <service> <name> [--resource <kind>]";

/** Something the person who typed the command can put right. */
class UsageError extends Error {}

export type NewCheck = { cloud: string; service: string; name: string; resource?: string };

/**
 * Scaffolds a check and its test, and lists the check in the registry. Both are empty where a person has to think, and
 * the tests fail until they are written.
 *
 * @param root The checkout.
 * @returns The files written, relative to `root`.
 * @throws {UsageError} When a name is no good, the service has no resource kinds, or a file is there already.
 */
export function createCheck(root: string, { cloud, service, name, resource }: NewCheck): string[] {
  if (!/^(aws|azure|gcp)$/.test(cloud)) throw new UsageError(`"${cloud}" is not a cloud: aws, azure or gcp.`);
  if (!/^[a-z][a-z0-9]*$/.test(service))
    throw new UsageError(`"${service}" is not a service name such as s3.`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new UsageError(
      `"${name}" is not a name such as bucket-versioning: lower case, words joined by "-".`,
    );
  const kind = chooseKind(root, cloud, service, name, resource);

  const path = `${cloud}/${service}/${name}`;
  const check = `lib/checks/${path}.ts`;
  const test = `lib/checks/${path}.test.ts`;
  const registry = `lib/checks/${cloud}/index.ts`;
  for (const file of [check, test])
    if (existsSync(join(root, file))) throw new UsageError(`${file} is there already; nothing was written.`);

  const source = readFileSync(join(root, registry), "utf8");
  const exported = chooseExport(source, service, name);
  const listed = addToRegistry(source, registry, exported, `./${service}/${name}.ts`);
  mkdirSync(dirname(join(root, check)), { recursive: true });
  writeFileSync(join(root, check), checkSource(exported, `${cloud}.${service}.${name}`, kind), {
    flag: "wx",
  });
  writeFileSync(join(root, test), testSource(exported, name), { flag: "wx" });
  writeFileSync(join(root, registry), listed);
  return [check, test, registry];
}

/** The kind asked for, or else the service's kind that the name begins with, or else its first. */
function chooseKind(root: string, cloud: string, service: string, name: string, asked?: string): string {
  const file = `lib/inventory/${cloud}/${service}.kinds.ts`;
  if (!existsSync(join(root, file)))
    throw new UsageError(`${cloud}.${service} has no resource kinds yet: describe them in ${file} first.`);
  const source = readFileSync(join(root, file), "utf8");
  const kinds = [...source.matchAll(/^ {2}"([a-z0-9.-]+)":/gm)].flatMap(([, kind]) => kind ?? []);
  if (asked && !kinds.includes(asked)) throw new UsageError(`${file} has ${kinds.join(", ")}, not ${asked}.`);
  const fitting = kinds.find((kind) => `${name}-`.startsWith(`${kind.split(".").at(-1)}-`));
  const kind = asked ?? fitting ?? kinds[0];
  if (!kind) throw new UsageError(`${file} describes no kind.`);
  return kind;
}

/** One word alone may be reserved in TypeScript, and a name may be taken by another service: then with the service. */
function chooseExport(registry: string, service: string, name: string): string {
  const short = camelCase(name);
  const isTaken = new RegExp(`^import \\{ ${short} \\}`, "m").test(registry);
  return isTaken || !name.includes("-") ? camelCase(`${service}-${name}`) : short;
}

const camelCase = (name: string) => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Rewrites the registry's imports and its list, sorted by path. */
function addToRegistry(source: string, registry: string, exported: string, path: string): string {
  const pattern = /^import \{ (\w+) \} from "(\.\/[^"]+)";\n/gm;
  const list = /^(export const \w+Checks: readonly AnyCheck\[\] = )\[[^\]]*\];$/m;
  if (!list.test(source)) throw new UsageError(`${registry} has no list of checks.`);
  const entries = [...source.matchAll(pattern)].map(([, name = "", from = ""]) => ({ name, from }));
  entries.push({ name: exported, from: path });
  entries.sort((a, b) => (a.from < b.from ? -1 : 1));
  const imports = entries.map(({ name, from }) => `import { ${name} } from "${from}";\n`).join("");
  const names = entries.map(({ name }) => `  ${name},\n`).join("");
  return imports + source.replace(pattern, "").replace(list, `$1[\n${names}];`);
}

const checkSource = (
  exported: string,
  id: string,
  kind: string,
) => `import { defineCheck, unknown } from "#lib/checks/model.ts";

export const ${exported} = defineCheck({
  id: "${id}",
  title: "",
  severity: "medium",
  resource: "${kind}",
  permissions: [],
  risk: "",
  remediation: {
    text: "",
    url: "",
    console: [],
    cli: "",
    terraform: "",
  },
  evaluate: () => unknown("nothing is judged yet"),
});
`;

const testSource = (exported: string, name: string) => `import { testCheck } from "#lib/checks/test-check.ts";
import { ${exported} } from "./${name}.ts";

testCheck(${exported}, {
  pass: [],
  fail: [],
  unknown: [],
});
`;

function main(argv: string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { resource: { type: "string" } },
      allowPositionals: true,
    });
    const [cloud, service, name, ...rest] = positionals;
    if (!cloud || !service || !name || rest.length) throw new UsageError(usage);
    const written = createCheck(join(import.meta.dirname, ".."), { cloud, service, name, ...values });
    process.stdout.write(
      `${written.map((file) => `  ${file}\n`).join("")}Write both, then: npx vitest run lib/checks\n`,
    );
    return 0;
  } catch (error) {
    // parseArgs throws a TypeError for an option it doesn't know.
    if (!(error instanceof UsageError || error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
