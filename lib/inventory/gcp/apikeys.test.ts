import { expect, it } from "vitest";
import { apiKeys } from "./apikeys.ts";
import { collect, disabled, paged, project } from "./test-answers.ts";

const list = "GET apikeys.googleapis.com/v2/projects/example-project/locations/global/keys";

/** As the guide shows a key: https://docs.cloud.google.com/docs/authentication/api-keys */
const key = (id: string, rest: object = {}) => ({
  name: `projects/${project.number}/locations/global/keys/${id}`,
  uid: id,
  displayName: `Key ${id}`,
  createTime: "2024-02-01T10:20:30.123456Z",
  updateTime: "2024-02-01T10:20:30.123456Z",
  etag: 'W/"k34svoKkrHyPU6fOqHW4oA=="',
  ...rest,
});
const resource = (id: string, config: object, unread: string[] = []) => ({
  uid: `//apikeys.googleapis.com/projects/${project.number}/locations/global/keys/${id}`,
  kind: "gcp.apikeys.key",
  account: "example-project",
  region: "global",
  name: `Key ${id}`,
  tags: {},
  config: { createdAt: "2024-02-01T10:20:30.123Z", serviceAccountEmail: null, ...config },
  unread,
});
const anywhere = { application: null, apiTargets: [] };

it("reads keys over pages, with each sort of restriction", async () => {
  const android = { allowedApplications: [{ packageName: "com.example", sha1Fingerprint: "DA:39" }] };
  const read = await collect(apiKeys, {
    [list]: paged(
      {
        keys: [
          key("a"),
          key("b", {
            restrictions: {
              browserKeyRestrictions: { allowedReferrers: ["www.example.com/*"] },
              apiTargets: [
                { service: "translate.googleapis.com", methods: ["Get*", "TranslateText"] },
                { service: "maps-backend.googleapis.com" },
              ],
            },
          }),
        ],
        nextPageToken: "2",
      },
      {
        keys: [
          key("c", { restrictions: { serverKeyRestrictions: { allowedIps: ["198.51.100.0/24"] } } }),
          key("d", { restrictions: { androidKeyRestrictions: android } }),
          key("e", { restrictions: { iosKeyRestrictions: { allowedBundleIds: ["com.example"] } } }),
          key("f", { serviceAccountEmail: "caller@example-project.iam.gserviceaccount.com" }),
        ],
      },
    ),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    resource("a", anywhere),
    resource("b", {
      application: { type: "browser", allowedReferrers: ["www.example.com/*"] },
      apiTargets: [
        { service: "translate.googleapis.com", methods: ["Get*", "TranslateText"] },
        { service: "maps-backend.googleapis.com", methods: [] },
      ],
    }),
    resource("c", { application: { type: "server", allowedIps: ["198.51.100.0/24"] }, apiTargets: [] }),
    resource("d", {
      application: { type: "android", applications: android.allowedApplications },
      apiTargets: [],
    }),
    resource("e", { application: { type: "ios", allowedBundleIds: ["com.example"] }, apiTargets: [] }),
    resource("f", { ...anywhere, serviceAccountEmail: "caller@example-project.iam.gserviceaccount.com" }),
  ]);
});

it("doesn't guess at a restriction that it doesn't know, nor at a time that isn't given", async () => {
  const read = await collect(apiKeys, {
    [list]: {
      keys: [
        key("a", { restrictions: { watchKeyRestrictions: {}, apiTargets: [{}] } }),
        key("b", { createTime: undefined }),
      ],
    },
  });
  const { createdAt: _, ...timeless } = resource("b", anywhere).config as { createdAt: string };
  expect(read.resources).toEqual([
    resource("a", {}, ["application", "apiTargets"]),
    { ...resource("b", anywhere, ["createdAt"]), config: timeless },
  ]);
  expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`)).toEqual([
    "apikeys.keys.list malformed",
    "apikeys.keys.list malformed",
  ]);
});

it("doesn't take a project that doesn't use the API for one without keys", async () => {
  const read = await collect(apiKeys, { [list]: disabled() });
  expect(read).toMatchObject({ resources: [], thrown: { operation: "apikeys.keys.list" } });
});
