import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** Notes the packages of Azure's and Google's SDKs that are loaded, before and after an Azure account is opened. */
const script = `
  import { registerHooks } from "node:module";
  const found = new Set();
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const name = /node_modules\\/(@azure\\/(?:arm-|identity)[\\w-]*|googleapis|@google-cloud\\/[\\w-]+)\\//.exec(resolved.url)?.[1];
      if (name) found.add(name);
      return resolved;
    },
  });
  const { openSession } = await import("./lib/clouds/open-session.ts");
  const before = [...found];
  const id = "11111111-2222-4333-8444-555555555555";
  const nowhere = "https://127.0.0.1:1";
  const emulator = { resourceManagerUrl: nowhere, authorityUrl: nowhere, graphUrl: nowhere, ca: "none" };
  // The certificate is none, so that nothing is called.
  const session = openSession({
    cloud: "azure",
    externalId: id,
    connection: { type: "client_certificate", tenantId: id, clientId: id, emulator },
    secrets: { certificate: "none" },
  });
  await session.account().catch(() => {});
  session.close();
  console.log(JSON.stringify({ before, after: [...found] }));
`;

it("loads the large SDKs of other clouds only when an account of theirs is read", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    cwd: join(import.meta.dirname, "../.."),
  });
  const { before, after } = JSON.parse(stdout);
  expect(before).toEqual([]);
  expect(after).toEqual(expect.arrayContaining(["@azure/arm-storage", "@azure/identity"]));
  expect(after).not.toContain("googleapis");
}, 60_000);
