import { testCheck } from "#lib/checks/test-check.ts";
import type { IamBinding } from "#lib/inventory/gcp/iam-bindings.ts";
import { projectServiceAccountDuties } from "./project-service-account-duties.ts";

const bind = (role: string, members: string[], condition: IamBinding["condition"] = null): IamBinding => ({
  role,
  members,
  condition,
});
const project = (...bindings: IamBinding[]) => ({ config: { bindings } });
const admin = "roles/iam.serviceAccountAdmin";
const user = "roles/iam.serviceAccountUser";
const both = "Both roles/iam.serviceAccountAdmin and roles/iam.serviceAccountUser are held by";

testCheck(projectServiceAccountDuties, {
  pass: [
    project(),
    project(bind(admin, ["user:ada@example.com"]), bind(user, ["user:bob@example.com"])),
    project(
      bind(admin, ["user:ada@example.com"]),
      bind(user, ["user:ada@example.com"], 'request.time < timestamp("2026-01-01T00:00:00Z")'),
    ),
  ],
  fail: [
    [
      project(
        bind(admin, ["user:ada@example.com"]),
        bind(user, ["user:ada@example.com", "user:bob@example.com"]),
      ),
      `${both} user:ada@example.com.`,
    ],
    [
      project(
        bind(admin, ["group:ops@example.com"]),
        bind("roles/viewer", []),
        bind(admin, ["user:bob@example.com"], "resource.name == 'x'"),
        bind(user, ["user:bob@example.com", "group:ops@example.com"]),
      ),
      `${both} group:ops@example.com and user:bob@example.com.`,
    ],
  ],
  unknown: [{ config: {} }],
});
