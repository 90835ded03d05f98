import { GetDetectorCommand, paginateListDetectors } from "@aws-sdk/client-guardduty";
import { oneOf, readAndUnread, required } from "../answers.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import type { GuardDutyKinds } from "./guardduty.kinds.ts";

type Detector = GuardDutyKinds["aws.guardduty.region"]["detector"];

/** Reads whether GuardDuty watches one region. */
export const guardDutyRegion: AwsCollector<"aws.guardduty.region"> = {
  kind: "aws.guardduty.region",
  cloud: "aws",
  service: "guardduty",
  scope: "regional",
  permissions: ["guardduty:ListDetectors", "guardduty:GetDetector"],
  async *collect(context) {
    const { account, partition, region } = context;
    const uid = accountSettingsUid(partition, "guardduty", region, account);
    const facets = readAndUnread({ detector: await readDetector(context, uid) });
    const where = { account, region, name: region };
    yield {
      uid,
      kind: "aws.guardduty.region",
      ...where,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};

async function readDetector({ clients, signal, read }: AwsContext, uid: string): Promise<Detector> {
  const ids = await read(uid, "guardduty:ListDetectors", async () => {
    const found: string[] = [];
    const pages = paginateListDetectors({ client: clients.guardduty }, {}, { abortSignal: signal });
    for await (const page of pages) found.push(...required(page.DetectorIds, "DetectorIds"));
    return found;
  });
  if (!ids) return undefined;
  const [id] = ids;
  if (id === undefined) return null;
  return read(uid, "guardduty:GetDetector", async () => {
    const answer = await clients.guardduty.send(new GetDetectorCommand({ DetectorId: id }), {
      abortSignal: signal,
    });
    return {
      id,
      enabled: oneOf(answer.Status, ["ENABLED", "DISABLED"], "Status") === "ENABLED",
      features: (answer.Features ?? [])
        .filter((feature) => feature.Status === "ENABLED")
        .map((feature) => required(feature.Name, "Features.Name"))
        .sort(),
    };
  });
}
