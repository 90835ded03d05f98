import {
  gkeNode,
  instance,
  instanceWithout,
  metadata,
  project,
} from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceOsLogin } from "./instance-os-login.ts";

testCheck(instanceOsLogin, {
  pass: [
    instance({ metadata: metadata({ enableOslogin: "TRUE" }) }),
    { ...instance(), related: [project({ enableOslogin: "true" })] },
    gkeNode({ metadata: metadata({ enableOslogin: "false" }) }),
  ],
  fail: [
    [
      {
        ...instance({ metadata: metadata({ enableOslogin: "FALSE" }) }),
        related: [project({ enableOslogin: "TRUE" })],
      },
      "The instance's metadata have enable-oslogin FALSE.",
    ],
    [
      { ...instance(), related: [project()] },
      "Neither the instance's metadata nor the project's turn OS Login on.",
    ],
    [
      { ...instance(), related: [project({ enableOslogin: "FALSE" })] },
      "Neither the instance's metadata nor the project's turn OS Login on.",
    ],
  ],
  unknown: [instanceWithout("metadata"), { ...instance(), related: [project(null)] }, instance()],
});
