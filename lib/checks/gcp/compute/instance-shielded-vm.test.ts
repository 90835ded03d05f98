import { instance, instanceWithout } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceShieldedVm } from "./instance-shielded-vm.ts";

testCheck(instanceShieldedVm, {
  pass: [instance(), instance({ shielded: { secureBoot: true, vtpm: true, integrityMonitoring: true } })],
  fail: [
    [instance({ shielded: null }), "The instance's image does not support Shielded VM."],
    [
      instance({ shielded: { secureBoot: true, vtpm: false, integrityMonitoring: true } }),
      "The instance has no vTPM.",
    ],
    [
      instance({ shielded: { secureBoot: true, vtpm: false, integrityMonitoring: false } }),
      "The instance has no vTPM and no integrity monitoring.",
    ],
  ],
  unknown: [instanceWithout("shielded")],
});
