import {
  defaultAccount,
  gkeNode,
  instance,
  instanceWithout,
} from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceFullApiAccess } from "./instance-full-api-access.ts";

const allApis = "https://www.googleapis.com/auth/cloud-platform";

testCheck(instanceFullApiAccess, {
  pass: [
    instance(),
    instance({ serviceAccounts: [] }),
    instance({
      serviceAccounts: [
        { email: defaultAccount, scopes: ["https://www.googleapis.com/auth/devstorage.read_only"] },
      ],
    }),
    gkeNode({ serviceAccounts: [{ email: defaultAccount, scopes: [allApis] }] }),
  ],
  fail: [
    [
      instance({ serviceAccounts: [{ email: defaultAccount, scopes: ["other", allApis] }] }),
      `The instance runs as the default service account ${defaultAccount} with access to all APIs.`,
    ],
  ],
  unknown: [instanceWithout("serviceAccounts")],
});
