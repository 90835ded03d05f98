import { DescribeVolumesCommand } from "@aws-sdk/client-ec2";
import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect, it } from "vitest";
import {
  type Answers,
  type AwsAnswer,
  account,
  ec2Answer,
  ec2Failure,
  queryAnswer,
  queryFailure,
  startAnswers,
} from "#lib/inventory/aws/test-answers.ts";
import { defaultLimits } from "../limits.ts";
import { awsClients } from "./clients.ts";
import { awsSession } from "./credentials.ts";
import { listRegions, whoAmI } from "./identity.ts";

/** Gives the answers one after the other, and the last one from then on. */
function inTurn(...answers: AwsAnswer[]): () => AwsAnswer {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? "";
}

const volumes = ec2Answer("DescribeVolumes", "<volumeSet/>");

async function describeVolumes(answers: Answers) {
  const { session } = await startAnswers(answers);
  const answer = await awsClients(session, "eu-west-1").ec2.send(new DescribeVolumesCommand({}));
  return { answer, usage: session.governor.usage().ec2 };
}

it("asks again when throttled, failed, or answered by something that isn't AWS, and counts it", async () => {
  const { answer, usage } = await describeVolumes({
    DescribeVolumes: inTurn(
      ec2Failure("RequestLimitExceeded", 503),
      ec2Failure("InternalError", 500),
      "<html><body>Please sign in to the hotel's network</body></html>",
      "",
      "upstream connect error",
      volumes.slice(0, -20),
      volumes,
    ),
  });
  expect(answer.Volumes).toEqual([]);
  expect(usage).toMatchObject({
    calls: 1,
    throttles: 1,
    retries: 6,
    limit: Math.floor(defaultLimits.start / 2),
    actions: { DescribeVolumes: { calls: 1, throttles: 1, retries: 6 } },
  });
});

it("doesn't ask again when refused", async () => {
  const { session, actions } = await startAnswers({
    DescribeVolumes: ec2Failure("UnauthorizedOperation", 403),
  });
  const sent = awsClients(session, "eu-west-1").ec2.send(new DescribeVolumesCommand({}));
  await expect(sent).rejects.toMatchObject({ name: "UnauthorizedOperation" });
  expect(actions).toEqual(["DescribeVolumes"]);
});

it("uses S3 Control at an address of one's own, where changing something is answered with nothing", async () => {
  const path = "/v20180820/configuration/publicAccessBlock";
  const { session, actions } = await startAnswers({
    [`GET ${path}`]: `<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>`,
    [`PUT ${path}`]: { status: 200, body: "" },
  });
  const { s3control } = awsClients(session, "global");
  const AccountId = account;
  const answer = await s3control.send(new GetPublicAccessBlockCommand({ AccountId }));
  expect(answer.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true });
  await s3control.send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration: {} }));
  expect(actions).toEqual([`GET ${path}`, `PUT ${path}`]);
});

it("renews a role's credentials before their end is known, and gives up in the end", async () => {
  const credentials = (n: number) =>
    queryAnswer(
      "AssumeRole",
      `<Credentials><AccessKeyId>ASIA${n}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>`,
    );
  const identity = queryAnswer(
    "GetCallerIdentity",
    `<Account>${account}</Account><Arn>arn:aws-cn:sts::${account}:assumed-role/parapet/parapet</Arn><UserId>u</UserId>`,
  );
  const { session: source, actions } = await startAnswers({
    AssumeRole: inTurn(...[1, 2, 3, 4, 5].map(credentials)),
    GetCallerIdentity: inTurn(
      identity,
      queryFailure("ExpiredToken", 403),
      identity,
      queryFailure("ExpiredToken", 403),
    ),
  });
  const session = awsSession(
    { type: "assume_role", roleArn: `arn:aws:iam::${account}:role/parapet`, endpointUrl: source.endpointUrl },
    { sourceKeys: { accessKeyId: "AKIA", secretAccessKey: "s" } },
  );
  expect(await whoAmI(session)).toMatchObject({ account, partition: "aws-cn" });
  const { sts } = awsClients(session, "global");
  await sts.send(new GetCallerIdentityCommand({}));
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: expect.stringMatching(/^ExpiredToken/),
  });
  session.close();
  const renewed = ["AssumeRole", "GetCallerIdentity"];
  expect(actions).toEqual([
    ...["AssumeRole", "GetCallerIdentity"],
    ...["GetCallerIdentity", ...renewed],
    ...["GetCallerIdentity", ...renewed, ...renewed, ...renewed],
  ]);
});

it("lists regions, enabled or not", async () => {
  const item = (name: string, status: string) =>
    `<item><regionName>${name}</regionName>${status ? `<optInStatus>${status}</optInStatus>` : ""}</item>`;
  const { session } = await startAnswers({
    DescribeRegions: ec2Answer(
      "DescribeRegions",
      `<regionInfo>${item("us-east-1", "opt-in-not-required")}${item("af-south-1", "not-opted-in")}${item("eu-south-1", "opted-in")}${item("ap-old-1", "")}</regionInfo>`,
    ),
  });
  expect(await listRegions(session)).toEqual([
    { name: "af-south-1", enabled: false },
    { name: "ap-old-1", enabled: true },
    { name: "eu-south-1", enabled: true },
    { name: "us-east-1", enabled: true },
  ]);
});

it("gives a call up when it is aborted, waiting or under way", async () => {
  const { session } = await startAnswers({ DescribeVolumes: ec2Failure("RequestLimitExceeded", 503) });
  const controller = new AbortController();
  const { ec2 } = awsClients(session, "eu-west-1");
  const calls = Array.from({ length: 30 }, () =>
    ec2.send(new DescribeVolumesCommand({}), { abortSignal: controller.signal }),
  );
  controller.abort();
  for (const outcome of await Promise.allSettled(calls)) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { name: "AbortError" } });
  }
  expect(session.governor.limiterOf("ec2").inFlight).toBe(0);
});
