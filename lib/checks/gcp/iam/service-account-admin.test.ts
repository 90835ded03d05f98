import { testCheck } from "#lib/checks/test-check.ts";
import type { IamBinding } from "#lib/inventory/gcp/iam-bindings.ts";
import { serviceAccountAdmin } from "./service-account-admin.ts";

const email = "etl@p.iam.gserviceaccount.com";
const config = { email, displayName: null, uniqueId: "1", disabled: false };
const bind = (role: string, member = `serviceAccount:${email}`, expression?: string): IamBinding => ({
  role,
  members: [member],
  condition: expression === undefined ? null : expression,
});
const within = (...bindings: IamBinding[]) => ({
  config,
  related: [{ kind: "gcp.resourcemanager.project" as const, config: { bindings } }],
});

testCheck(serviceAccountAdmin, {
  pass: [
    within(),
    within(bind("roles/viewer"), bind("roles/storage.objectViewer")),
    within(bind("roles/owner", "serviceAccount:other@p.iam.gserviceaccount.com")),
    within(bind("roles/owner", `deleted:serviceAccount:${email}?uid=1`)),
    within(bind("roles/owner", undefined, 'request.time < timestamp("2026-01-01T00:00:00Z")')),
  ],
  fail: [
    [within(bind("roles/editor")), "The account has roles/editor on the project."],
    [
      within(bind("roles/owner"), bind("roles/viewer"), bind("roles/compute.instanceAdmin.v1")),
      "The account has roles/owner and roles/compute.instanceAdmin.v1 on the project.",
    ],
    [
      within(
        bind("roles/storage.admin", undefined, "resource.name.startsWith('x')"),
        bind("projects/p/roles/dbAdmin"),
      ),
      "The account has roles/storage.admin (under a condition) and projects/p/roles/dbAdmin on the project.",
    ],
  ],
  unknown: [
    { config },
    { config, related: [{ kind: "gcp.resourcemanager.project", config: {} }] },
    { config, incomplete: ["gcp.resourcemanager.project"] },
  ],
});
