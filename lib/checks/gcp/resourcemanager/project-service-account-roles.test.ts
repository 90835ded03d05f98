import { testCheck } from "#lib/checks/test-check.ts";
import { projectServiceAccountRoles } from "./project-service-account-roles.ts";

const user = "roles/iam.serviceAccountUser";
const creator = "roles/iam.serviceAccountTokenCreator";
const project = (role: string, ...members: string[]) => ({
  config: { bindings: [{ role, members, condition: null }] },
});
const until = (expression: string) => ({
  config: {
    bindings: [{ role: user, members: ["user:ada@example.com"], condition: expression }],
  },
});

testCheck(projectServiceAccountRoles, {
  pass: [
    { config: { bindings: [] } },
    project("roles/editor", "user:ada@example.com"),
    project(creator, "serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com"),
    project(user, "deleted:user:ada@example.com?uid=1"),
    project(user, "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*"),
    until('request.time < timestamp("2026-01-01T00:00:00Z")'),
  ],
  fail: [
    [project(user, "user:ada@example.com"), `user:ada@example.com has ${user}.`],
    [
      project(
        creator,
        "group:all@example.com",
        "serviceAccount:a@p.iam.gserviceaccount.com",
        "domain:example.com",
      ),
      `group:all@example.com has ${creator} and domain:example.com has ${creator}.`,
    ],
    [
      until('request.time < timestamp("2027-01-01T00:00:00Z")'),
      `user:ada@example.com has ${user} (under a condition).`,
    ],
  ],
  unknown: [{ config: {} }],
});
