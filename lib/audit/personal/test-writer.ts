import { createInterface } from "node:readline";
import { openDatabase } from "#db/client.ts";
import { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";

// Another process that writes to the trail: an entry of an actor at an address, at each line that it is sent.
const [, , url = "", organisationId = "", userId = "", address = ""] = process.argv;
const database = openDatabase(url, { max: 1, applicationName: "test" });
const scope = Scope.ofUser({ id: userId, organisationId, role: "analyst" }, { via: "browser", address });
process.stdout.write("ready\n");
for await (const _ of createInterface({ input: process.stdin })) {
  const record = { action: "thing.do", object: { kind: "thing", id: "elsewhere" } };
  await database.db.transaction((tx) => appendAudit(tx, scope, record));
  process.stdout.write("written\n");
}
await database.close();
