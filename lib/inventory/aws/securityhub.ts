import { DescribeHubCommand, InvalidAccessException } from "@aws-sdk/client-securityhub";
import { readAndUnread, required } from "../answers.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector } from "./collector.ts";

/** Reads whether Security Hub is on in one region. */
export const securityHubRegion: AwsCollector<"aws.securityhub.region"> = {
  kind: "aws.securityhub.region",
  cloud: "aws",
  service: "securityhub",
  scope: "regional",
  permissions: ["securityhub:DescribeHub"],
  async *collect({ account, partition, region, clients, signal, read }) {
    const uid = accountSettingsUid(partition, "securityhub", region, account);
    const hub = await read(uid, "securityhub:DescribeHub", async () => {
      try {
        const answer = await clients.securityhub.send(new DescribeHubCommand({}), { abortSignal: signal });
        return {
          arn: required(answer.HubArn, "HubArn"),
          subscribedAt: answer.SubscribedAt ?? null,
          autoEnableControls: answer.AutoEnableControls ?? null,
        };
      } catch (error) {
        if (isNotSubscribed(error)) return null;
        throw error;
      }
    });
    const facets = readAndUnread({ hub });
    const where = { account, region, name: region };
    yield {
      uid,
      kind: "aws.securityhub.region",
      ...where,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};

/** AWS gives this error to accounts without permission as well; only its words tell that Security Hub is off. */
const isNotSubscribed = (error: unknown): boolean =>
  error instanceof InvalidAccessException && /\bnot subscribed\b/i.test(error.message);
