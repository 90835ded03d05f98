import { instance, instanceWithout, metadata, project } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceSerialPort } from "./instance-serial-port.ts";

testCheck(instanceSerialPort, {
  pass: [
    { ...instance(), related: [project()] },
    { ...instance(), related: [project({ serialPortEnable: "FALSE" })] },
    instance({ metadata: metadata({ serialPortEnable: "FALSE" }) }),
    // The instance's own setting wins.
    {
      ...instance({ metadata: metadata({ serialPortEnable: "0" }) }),
      related: [project({ serialPortEnable: "TRUE" })],
    },
  ],
  fail: [
    [
      instance({ metadata: metadata({ serialPortEnable: "1" }) }),
      "The instance's metadata have serial-port-enable on.",
    ],
    [
      { ...instance(), related: [project({ serialPortEnable: "true" })] },
      "The project's metadata have serial-port-enable on, and the instance does not turn it off.",
    ],
  ],
  unknown: [
    instanceWithout("metadata"),
    { ...instance(), incomplete: ["gcp.compute.project"] },
    { ...instance(), related: [project(null)] },
  ],
});
