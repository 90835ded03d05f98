import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlInstancePublicIp } from "./instance-public-ip.ts";

testCheck(sqlInstancePublicIp, {
  pass: [
    sqlInstance("mysql"),
    sqlInstance("mysql", { publicIp: true, instanceType: "ON_PREMISES_INSTANCE" }),
  ],
  fail: [
    [
      sqlInstance("mysql", {
        publicIp: true,
        addresses: [
          { type: "PRIVATE", address: "10.1.2.3" },
          { type: "PRIMARY", address: "34.76.1.2" },
        ],
      }),
      "The instance has a public address, 34.76.1.2.",
    ],
    [sqlInstance("mysql", { publicIp: true }), "The instance has a public address."],
  ],
  unknown: [sqlInstanceWithout("mysql", "publicIp")],
});
