import { testCheck } from "#lib/checks/test-check.ts";
import { sqlDatabaseEncryption } from "./database-encryption.ts";

const database = { serverId: "/servers/acme", status: "Online", sku: "GP_S_Gen5" };

testCheck(sqlDatabaseEncryption, {
  pass: [{ config: { ...database, encrypted: true } }],
  fail: [[{ config: { ...database, encrypted: false } }, "Transparent data encryption is off."]],
  unknown: [{ config: database }],
});
