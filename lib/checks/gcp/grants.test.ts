import { describe, expect, it } from "vitest";
import {
  findJoinedDuties,
  grantsOf,
  isAdminRole,
  isPeople,
  isServiceAgent,
  serviceAccountOf,
} from "./grants.ts";

const asOf = new Date("2026-01-31T12:00:00Z");
const bound = (expression: string | null, ...members: string[]) => [
  { role: "roles/owner", members, condition: expression },
];

describe("grantsOf", () => {
  it("gives each member of each binding", () => {
    expect(
      grantsOf([...bound(null, "user:a", "user:b"), ...bound("resource.name == 'x'", "user:c")], asOf),
    ).toEqual([
      { member: "user:a", role: "roles/owner", isConditional: false, path: "/bindings/0" },
      { member: "user:b", role: "roles/owner", isConditional: false, path: "/bindings/0" },
      { member: "user:c", role: "roles/owner", isConditional: true, path: "/bindings/1" },
    ]);
  });
  it("leaves out the deleted", () => {
    expect(grantsOf(bound(null, "deleted:user:a?uid=1"), asOf)).toEqual([]);
  });
  it.each([
    ['request.time < timestamp("2026-01-31T11:59:59Z")', 0],
    ["request.time <= timestamp('2026-01-01T00:00:00Z')", 0],
    ['request.time < timestamp("2026-02-01T00:00:00Z")', 1],
    ['request.time > timestamp("2020-01-01T00:00:00Z")', 1],
    ['request.time < timestamp("2020-01-01T00:00:00Z") || true', 1],
    ['request.time < timestamp("soon")', 1],
  ])("counts what is granted when %s", (expression, count) => {
    expect(grantsOf(bound(expression, "user:a"), asOf)).toHaveLength(count);
  });
});

it.each([
  ["roles/owner", true],
  ["roles/editor", true],
  ["roles/writer", true],
  ["roles/viewer", false],
  ["roles/storage.admin", true],
  ["roles/storage.objectAdmin", true],
  ["roles/iam.serviceAccountUser", false],
  ["projects/admin-tools/roles/reader", false],
  ["projects/p/roles/SuperAdmin", true],
])("tells whether %s runs something", (role, expected) => {
  expect(isAdminRole(role)).toBe(expected);
});

it.each([
  ["service-123@compute-system.iam.gserviceaccount.com", true],
  ["service-org-123@security-center-api.iam.gserviceaccount.com", true],
  ["123@cloudservices.gserviceaccount.com", true],
  ["123@cloudbuild.gserviceaccount.com", true],
  ["p-1@gcp-sa-pubsub.iam.gserviceaccount.com", true],
  ["123-compute@developer.gserviceaccount.com", false],
  ["p@appspot.gserviceaccount.com", false],
  ["deploy@p.iam.gserviceaccount.com", false],
  ["service-a@p.iam.gserviceaccount.com", false],
])("tells Google's own accounts: %s", (email, expected) => {
  expect(isServiceAgent(email)).toBe(expected);
});

it.each([
  ["user:ada@example.com", true],
  ["group:all@example.com", true],
  ["domain:example.com", true],
  ["allUsers", true],
  ["allAuthenticatedUsers", true],
  ["principal://iam.googleapis.com/locations/global/workforcePools/p/subject/ada", true],
  ["principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*", false],
  ["serviceAccount:a@p.iam.gserviceaccount.com", false],
])("tells people: %s", (member, expected) => {
  expect(isPeople(member)).toBe(expected);
});

it("reads the e-mail of a service account", () => {
  expect(serviceAccountOf("serviceAccount:a@p.iam.gserviceaccount.com")).toBe("a@p.iam.gserviceaccount.com");
  expect(serviceAccountOf("user:a@example.com")).toBeNull();
});

it("finds members with roles of both sets", () => {
  const grants = grantsOf(
    [
      { role: "roles/a", members: ["user:x", "user:y"], condition: null },
      { role: "roles/b", members: ["user:y", "user:z"], condition: null },
    ],
    asOf,
  );
  const found = findJoinedDuties(
    grants,
    (role) => role === "roles/a",
    (role) => role === "roles/b",
  );
  expect(found).toEqual([{ member: "user:y", first: grants[1], second: grants[2] }]);
});
