import { describe, expect, it, vi } from "vitest";
import { awsClients } from "#lib/clouds/aws/clients.ts";
import { classifyAwsError } from "#lib/clouds/aws/errors.ts";
import { createCollectContext } from "../context.ts";
import {
  aliceCredentials,
  aliceRow,
  bareRow,
  bobCredentials,
  bobRow,
  details,
  directAnswers,
  iamArn,
  loginProfile,
  report,
  rootRow,
  rootUid,
  userMember,
} from "./iam.test-data.ts";
import { readCredentialReport } from "./iam-credential-report.ts";
import { credentialPermissions } from "./iam-credentials.ts";
import { users } from "./iam-principals.ts";
import {
  type Answers,
  account,
  collect,
  paged,
  queryAnswer,
  queryFailure,
  startAnswers,
} from "./test-answers.ts";

vi.mock("node:timers/promises", async (original) => {
  const { hurried } = await import("./hurried.test-data.ts");
  return hurried(await original());
});

const listed = (...names: string[]): Answers => ({
  GetAccountAuthorizationDetails: details("UserDetailList", names.map(userMember).join("")),
});
const old = (...rows: string[]) => report([rootRow, ...rows], { isOld: true });

/** What the collector makes of it: the users' credentials by name, `null` for what wasn't read. */
async function readUsers(answers: Answers) {
  const { resources, gaps, thrown, actions } = await collect(users, answers);
  expect(thrown).toBeNull();
  const credentials = Object.fromEntries(
    resources.map(({ name, config }) => [name, config.credentials ?? null]),
  );
  return { resources, credentials, gaps, asked: [...new Set(actions)].sort() };
}

const always = ["GenerateCredentialReport", "GetAccountAuthorizationDetails", "GetCredentialReport"];

describe("a user's credentials", () => {
  it("are the same from a new report and, with an old one, from IAM itself", async () => {
    const reported = await readUsers({ ...report([rootRow, aliceRow, bobRow]), ...listed("Alice", "Bob") });
    expect(reported.asked).toEqual(always);
    const direct = await readUsers({ ...old(aliceRow, bobRow), ...directAnswers, ...listed("Alice", "Bob") });
    expect(direct.asked).toEqual([...always, ...Object.keys(directAnswers)].sort());
    expect(direct.credentials).toEqual({ Alice: aliceCredentials, Bob: bobCredentials });
    expect({ ...direct, asked: [] }).toEqual({ ...reported, asked: [] });
  });

  it("are read from IAM for a user that a new report doesn't have, and a row without user is nobody's", async () => {
    const read = await readUsers({
      ...report([rootRow, bobRow, bareRow("Carol")]),
      ...directAnswers,
      ...listed("Alice", "Bob"),
    });
    expect(read).toMatchObject({
      // No one but the login profile tells when the password was set.
      credentials: {
        Alice: { ...aliceCredentials, passwordChangedAt: "2013-10-14T18:40:00.000Z" },
        Bob: bobCredentials,
      },
      gaps: [],
    });
  });

  it("aren't those of a deleted user with the same name", async () => {
    const former = bareRow("Alice", "2011-01-01T00:00:00+00:00");
    const read = await readUsers({ ...report([rootRow, former]), ...directAnswers, ...listed("Alice") });
    expect(read.credentials).toEqual({
      Alice: { ...aliceCredentials, passwordChangedAt: "2013-10-14T18:40:00.000Z" },
    });
  });

  it("show what was fixed since the report", async () => {
    const read = await readUsers({
      ...old(aliceRow),
      ...directAnswers,
      ListAccessKeys: queryAnswer("ListAccessKeys", "<AccessKeyMetadata/><IsTruncated>false</IsTruncated>"),
      GetLoginProfile: queryFailure("NoSuchEntity", 404),
      ...listed("Alice"),
    });
    expect(read.credentials).toEqual({ Alice: { ...bobCredentials, mfaActive: true } });
    // When the password was last used doesn't matter once there is none.
    expect(read.asked).not.toContain("GetUser");
  });

  it("have a password as old as its login profile, when that was made after the report", async () => {
    const read = await readUsers({
      ...old(aliceRow),
      ...directAnswers,
      GetLoginProfile: loginProfile("2026-01-02T09:30:00Z"),
      ...listed("Alice"),
    });
    expect(read.credentials).toEqual({
      Alice: { ...aliceCredentials, passwordChangedAt: "2026-01-02T09:30:00.000Z" },
    });
  });

  it.each([
    { others: 199, fromRows: false },
    { others: 200, fromRows: true },
  ])(
    "are those of an old report from 201 users on: Alice and $others others",
    async ({ others, fromRows }) => {
      const names = Array.from({ length: others }, (_, n) => `user-${n}`);
      const changed = aliceRow.replace("eu-west-1,s3", "us-east-1,ec2");
      const read = await readUsers({
        // The last has no row, which is read from IAM in any case.
        ...old(changed, ...names.slice(0, -1).map((name) => bareRow(name))),
        ...directAnswers,
        ...listed("Alice", ...names),
      });
      expect(Object.keys(read.credentials)).toHaveLength(others + 1);
      const { Alice, ...rest } = read.credentials;
      expect(Alice?.accessKeys[1]?.lastUsedRegion).toBe(fromRows ? "us-east-1" : "eu-west-1");
      expect(new Set(Object.values(rest).map((one) => JSON.stringify(one)))).toEqual(
        new Set([JSON.stringify(bobCredentials)]),
      );
      expect(read.gaps).toEqual([]);
    },
  );

  it.each(credentialPermissions)(
    "are unread, with a gap on the user, when %s is refused",
    async (permission) => {
      const action = permission.slice("iam:".length);
      const read = await readUsers({
        ...old(aliceRow, bobRow),
        ...directAnswers,
        [action]: queryFailure("AccessDenied", 403),
        ...listed("Alice"),
      });
      expect(read.credentials).toEqual({ Alice: null });
      expect(read.resources).toMatchObject([{ unread: ["credentials"] }]);
      const gaps = read.gaps.map(({ resourceUid, operation, code }) => `${resourceUid} ${operation} ${code}`);
      expect([...new Set(gaps)]).toEqual([`${iamArn("user/Alice")} ${permission} denied`]);
    },
  );

  it("leave out a user and a key that were deleted meanwhile", async () => {
    const gone = queryFailure("NoSuchEntity", 404);
    const user = await readUsers({
      ...old(bobRow),
      ...directAnswers,
      ListAccessKeys: gone,
      ...listed("Bob"),
    });
    expect(user).toMatchObject({ resources: [], gaps: [] });
    const key = await readUsers({
      ...old(aliceRow),
      ...directAnswers,
      GetAccessKeyLastUsed: gone,
      ...listed("Alice"),
    });
    expect(key).toMatchObject({ credentials: { Alice: { ...aliceCredentials, accessKeys: [] } }, gaps: [] });
  });

  it("are lost with a page of users, but not those of the pages before", async () => {
    const first = details(
      "UserDetailList",
      userMember("Bob"),
      "<IsTruncated>true</IsTruncated><Marker>next</Marker>",
    );
    const { resources, thrown } = await collect(users, {
      ...old(bobRow),
      ...directAnswers,
      GetAccountAuthorizationDetails: paged("Marker", first, queryFailure("AccessDenied", 403)),
    });
    expect(resources.map((user) => user.name)).toEqual(["Bob"]);
    expect(thrown).toMatchObject({ operation: "iam:GetAccountAuthorizationDetails" });
  });
});

describe("a credential report that is never ready", () => {
  const inProgress = queryAnswer("GenerateCredentialReport", "<State>INPROGRESS</State>");

  it("is a gap on the account", async () => {
    const { credentials, gaps, asked } = await readUsers({
      GenerateCredentialReport: inProgress,
      ...listed("Alice"),
    });
    expect({ credentials, asked }).toEqual({ credentials: { Alice: null }, asked: always.slice(0, 2) });
    expect(gaps).toEqual([
      {
        resourceUid: rootUid,
        operation: "iam:GenerateCredentialReport",
        code: "unavailable",
        message: "TimeoutError: The credential report was not ready after 90 s.",
      },
    ]);
  });

  it("is waited for no longer than the unit", async () => {
    const controller = new AbortController();
    let asked = 0;
    const cancelled = () => {
      asked += 1;
      if (asked === 3) controller.abort(new Error("cancelled"));
      return inProgress;
    };
    const { session, actions } = await startAnswers({ GenerateCredentialReport: cancelled });
    const context = createCollectContext({
      account,
      partition: "aws",
      region: "global",
      clients: awsClients(session, "global"),
      signal: controller.signal,
      onGap: (gap) => expect.fail(`${gap.operation} is a gap.`),
      classify: classifyAwsError,
    });
    await expect(readCredentialReport(context)).rejects.toThrow("cancelled");
    expect(actions).toHaveLength(3);
  });
});
