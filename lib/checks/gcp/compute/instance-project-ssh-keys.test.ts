import { instance, instanceWithout, metadata, project } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceProjectSshKeys } from "./instance-project-ssh-keys.ts";

testCheck(instanceProjectSshKeys, {
  pass: [
    instance({ metadata: metadata({ blockProjectSshKeys: "TRUE" }) }),
    // Under OS Login no key in metadata counts.
    instance({ metadata: metadata({ enableOslogin: "TRUE" }) }),
    { ...instance(), related: [project({ enableOslogin: "TRUE" })] },
  ],
  fail: [
    [
      { ...instance(), related: [project()] },
      "The instance takes the SSH keys in the project's metadata, and OS Login is off.",
    ],
    [
      {
        ...instance({ metadata: metadata({ blockProjectSshKeys: "false", enableOslogin: "FALSE" }) }),
        related: [project({ enableOslogin: "TRUE", blockProjectSshKeys: "TRUE" })],
      },
      "The instance takes the SSH keys in the project's metadata, and OS Login is off.",
    ],
  ],
  unknown: [instanceWithout("metadata"), instance(), { ...instance(), related: [project(null)] }],
});
