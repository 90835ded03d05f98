import {
  defaultAccount,
  gkeNode,
  instance,
  instanceWithout,
} from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceDefaultServiceAccount } from "./instance-default-service-account.ts";

testCheck(instanceDefaultServiceAccount, {
  pass: [
    instance(),
    instance({ serviceAccounts: [] }),
    gkeNode({ serviceAccounts: [{ email: defaultAccount, scopes: [] }] }),
  ],
  fail: [
    [
      instance({ serviceAccounts: [{ email: defaultAccount, scopes: [] }] }),
      `The instance runs as the default service account ${defaultAccount}.`,
    ],
    // A name like a node's does not make it one.
    [
      { ...instance({ serviceAccounts: [{ email: defaultAccount, scopes: [] }] }), name: "gke-mine" },
      `The instance runs as the default service account ${defaultAccount}.`,
    ],
  ],
  unknown: [instanceWithout("serviceAccounts")],
});
