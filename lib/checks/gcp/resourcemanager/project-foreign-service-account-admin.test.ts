import { testCheck } from "#lib/checks/test-check.ts";
import { projectForeignServiceAccountAdmin } from "./project-foreign-service-account-admin.ts";

const owner = (email: string) => ({
  account: "acme",
  config: {
    number: "42",
    bindings: [{ role: "roles/owner", members: [`serviceAccount:${email}`], condition: null }],
  },
});
const without = (email: string) => ({ account: "acme", config: { bindings: owner(email).config.bindings } });
const said = (email: string) => `serviceAccount:${email} has roles/owner.`;

testCheck(projectForeignServiceAccountAdmin, {
  pass: [
    { config: { bindings: [] } },
    owner("etl@acme.iam.gserviceaccount.com"),
    owner("42-compute@developer.gserviceaccount.com"),
    owner("acme@appspot.gserviceaccount.com"),
    owner("service-7@compute-system.iam.gserviceaccount.com"),
    { ...owner("etl@web.example.com.iam.gserviceaccount.com"), account: "example.com:web" },
    {
      config: {
        bindings: [
          {
            role: "roles/viewer",
            members: ["serviceAccount:x@other.iam.gserviceaccount.com"],
            condition: null,
          },
          { role: "roles/owner", members: ["user:ada@example.com"], condition: null },
        ],
      },
    },
  ],
  fail: [
    [owner("ci@tools.iam.gserviceaccount.com"), said("ci@tools.iam.gserviceaccount.com")],
    [owner("7-compute@developer.gserviceaccount.com"), said("7-compute@developer.gserviceaccount.com")],
    [without("other@appspot.gserviceaccount.com"), said("other@appspot.gserviceaccount.com")],
    [owner("acme.svc.id.goog[prod/deployer]"), said("acme.svc.id.goog[prod/deployer]")],
  ],
  unknown: [{ config: {} }, without("42-compute@developer.gserviceaccount.com")],
});
