import { expect, it } from "vitest";
import { serviceAccounts } from "./iam.ts";
import { collect, disabled, paged, rpcFailure } from "./test-answers.ts";

const list = "GET iam.googleapis.com/v1/projects/example-project/serviceAccounts";
const email = (name: string) => `${name}@example-project.iam.gserviceaccount.com`;
const keysOf = (name: string) => `${list}/${email(name)}/keys`;

/** As the guide shows an account: https://docs.cloud.google.com/iam/docs/service-accounts-list-edit */
const account = (name: string, rest: object = {}) => ({
  name: `projects/example-project/serviceAccounts/${email(name)}`,
  projectId: "example-project",
  uniqueId: "113948692397867021414",
  email: email(name),
  displayName: "My service account",
  etag: "BwUp3rVlzes=",
  description: "A service account for testing",
  oauth2ClientId: "113948692397867021414",
  ...rest,
});
/** As the guide shows a key: https://docs.cloud.google.com/iam/docs/keys-list-get */
const key = (id: string, rest: object = {}) => ({
  name: `projects/example-project/serviceAccounts/${email("a")}/keys/${id}`,
  validAfterTime: "2020-03-04T17:39:47Z",
  validBeforeTime: "9999-12-31T23:59:59Z",
  keyAlgorithm: "KEY_ALG_RSA_2048",
  keyOrigin: "GOOGLE_PROVIDED",
  keyType: "USER_MANAGED",
  ...rest,
});
const resource = (name: string, config: object = {}, unread: string[] = []) => ({
  uid: `//iam.googleapis.com/projects/example-project/serviceAccounts/${email(name)}`,
  kind: "gcp.iam.service-account",
  account: "example-project",
  region: "global",
  name: email(name),
  tags: {},
  config: {
    email: email(name),
    displayName: "My service account",
    uniqueId: "113948692397867021414",
    disabled: false,
    ...config,
  },
  unread,
});

it("reads accounts over pages, each with the keys that users manage", async () => {
  const asked: string[] = [];
  const read = await collect(serviceAccounts, {
    [list]: paged(
      { accounts: [account("a")], nextPageToken: "2" },
      { accounts: [account("b", { disabled: true, displayName: undefined })] },
    ),
    [keysOf("a")]: ({ query }) => {
      asked.push(query.getAll("keyTypes").join());
      return {
        keys: [
          key("b0"),
          key("a1", { keyOrigin: "USER_PROVIDED", disabled: true, validBeforeTime: "2021-03-04T17:39:47Z" }),
        ],
      };
    },
    // An account without keys is answered with nothing at all.
    [keysOf("b")]: {},
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  const at = "2020-03-04T17:39:47.000Z";
  const never = "9999-12-31T23:59:59.000Z";
  expect(read.resources).toEqual([
    resource("a", {
      keys: [
        {
          id: "a1",
          origin: "USER_PROVIDED",
          disabled: true,
          validAfter: at,
          validBefore: "2021-03-04T17:39:47.000Z",
        },
        { id: "b0", origin: "GOOGLE_PROVIDED", disabled: false, validAfter: at, validBefore: never },
      ],
    }),
    resource("b", { disabled: true, displayName: null, keys: [] }),
  ]);
  expect(asked).toEqual(["USER_MANAGED"]);
});

it("leaves keys absent that may not be read, and out an account that is gone", async () => {
  const read = await collect(serviceAccounts, {
    [list]: { accounts: [account("a"), account("b"), account("c")] },
    [keysOf("a")]: rpcFailure(403, "PERMISSION_DENIED"),
    [keysOf("b")]: rpcFailure(404, "NOT_FOUND"),
    [keysOf("c")]: { accounts: [] },
  });
  expect(read.thrown).toBeNull();
  expect(read.resources).toEqual([resource("a", {}, ["keys"]), resource("c", {}, ["keys"])]);
  expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`).sort()).toEqual([
    "iam.serviceAccountKeys.list denied",
    "iam.serviceAccountKeys.list malformed",
  ]);
});

it.each([
  ["refused", rpcFailure(403, "PERMISSION_DENIED")],
  // Accounts of other services are there without the API.
  ["not in use", disabled()],
])("doesn't take a list that is %s for an empty one", async (_what, answer) => {
  const read = await collect(serviceAccounts, { [list]: answer });
  expect(read).toMatchObject({ resources: [], thrown: { operation: "iam.serviceAccounts.list" } });
});
