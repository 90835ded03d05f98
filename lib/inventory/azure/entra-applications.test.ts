import { expect, it } from "vitest";
import { entraApplications } from "./entra-applications.ts";
import { collect, paged, refusal, subscription as tenant } from "./test-answers.ts";

const path = "GET /v1.0/applications";
const resource = (id: string, name: string) => ({
  uid: `/tenants/${tenant}/applications/${id}`,
  kind: "azure.entra.application",
  account: tenant,
  region: "global",
  name,
  tags: {},
});

it("reads applications with the dates of their secrets, page by page, the oldest first", async () => {
  const secret = (keyId: string, startDateTime: string | null, more: object = {}) => ({
    keyId,
    displayName: null,
    hint: "abc",
    secretText: null,
    startDateTime,
    endDateTime: "2027-01-01T00:00:00Z",
    ...more,
  });
  const { resources, gaps, thrown } = await collect(entraApplications, {
    [path]: paged(
      [
        {
          id: "A1",
          appId: "client-1",
          displayName: "reports",
          createdDateTime: "2024-01-01T00:00:00Z",
          passwordCredentials: [
            secret("new", "2026-01-01T00:00:00Z", { displayName: "2026" }),
            secret("old", "2024-01-01T01:00:00+01:00"),
          ],
        },
      ],
      [
        { id: "a2", appId: "client-2", displayName: null, passwordCredentials: [] },
        { id: "a3", appId: "client-3", displayName: "half" },
      ],
      "@odata.nextLink",
    ),
  });
  expect(thrown).toBeNull();
  expect(resources).toEqual([
    {
      ...resource("a1", "reports"),
      config: {
        appId: "client-1",
        createdAt: "2024-01-01T00:00:00Z",
        secrets: [
          {
            id: "old",
            name: null,
            createdAt: "2024-01-01T00:00:00.000Z",
            expiresAt: "2027-01-01T00:00:00.000Z",
          },
          {
            id: "new",
            name: "2026",
            createdAt: "2026-01-01T00:00:00.000Z",
            expiresAt: "2027-01-01T00:00:00.000Z",
          },
        ],
      },
      unread: [],
    },
    {
      ...resource("a2", "client-2"),
      config: { appId: "client-2", createdAt: null, secrets: [] },
      unread: [],
    },
    { ...resource("a3", "half"), config: { appId: "client-3", createdAt: null }, unread: ["secrets"] },
  ]);
  expect(gaps).toMatchObject([{ resourceUid: resource("a3", "half").uid, code: "malformed" }]);
});

it("is missing when refused", async () => {
  const { thrown } = await collect(entraApplications, {
    [path]: refusal(403, "Authorization_RequestDenied"),
  });
  expect(thrown).toMatchObject({ name: "ListFailed", operation: "Application.Read.All" });
});
