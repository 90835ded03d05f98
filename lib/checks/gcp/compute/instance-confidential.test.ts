import { instance, instanceWithout } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceConfidential } from "./instance-confidential.ts";

testCheck(instanceConfidential, {
  pass: [instance(), instance({ confidential: "TDX" })],
  fail: [[instance({ confidential: null }), "The instance's memory is not encrypted."]],
  unknown: [instanceWithout("confidential")],
});
