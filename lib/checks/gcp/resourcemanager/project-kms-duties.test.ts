import { testCheck } from "#lib/checks/test-check.ts";
import type { IamBinding } from "#lib/inventory/gcp/iam-bindings.ts";
import { projectKmsDuties } from "./project-kms-duties.ts";

const bind = (role: string, ...members: string[]): IamBinding => ({ role, members, condition: null });
const project = (...bindings: IamBinding[]) => ({ config: { bindings } });
const admin = "roles/cloudkms.admin";
const said = "Besides roles/cloudkms.admin, roles that use keys are held by";

testCheck(projectKmsDuties, {
  pass: [
    project(),
    project(bind(admin, "user:ada@example.com"), bind("roles/cloudkms.viewer", "user:ada@example.com")),
    project(
      bind(admin, "user:ada@example.com"),
      bind("roles/cloudkms.cryptoKeyDecrypter", "user:bob@example.com"),
      bind("roles/cloudkms.publicKeyViewer", "user:ada@example.com"),
    ),
  ],
  fail: [
    [
      project(
        bind(admin, "user:ada@example.com"),
        bind("roles/cloudkms.cryptoKeyEncrypterDecrypter", "user:ada@example.com"),
      ),
      `${said} user:ada@example.com (with roles/cloudkms.cryptoKeyEncrypterDecrypter).`,
    ],
    [
      project(
        bind("roles/cloudkms.cryptoOperator", "group:a@example.com"),
        bind(admin, "group:a@example.com", "serviceAccount:b@p.iam.gserviceaccount.com"),
        bind("roles/cloudkms.cryptoKeyDecrypterViaDelegation", "serviceAccount:b@p.iam.gserviceaccount.com"),
      ),
      `${said} group:a@example.com (with roles/cloudkms.cryptoOperator) and serviceAccount:b@p.iam.gserviceaccount.com (with roles/cloudkms.cryptoKeyDecrypterViaDelegation).`,
    ],
  ],
  unknown: [{ config: {} }],
});
