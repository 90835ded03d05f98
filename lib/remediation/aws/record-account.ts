import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from "@aws-sdk/client-cloudtrail";
import { z } from "zod";
import type { AwsAccess } from "#lib/clouds/access.ts";
import type { PlannedCall, Target } from "../model.ts";
import { defineOperation, type OperationContext } from "../operation.ts";
import {
  lackingIn,
  managementEvents,
  type Needs,
  type Selection,
  selectionOf,
  withLacking,
} from "./event-selection.ts";

/** The account's own trails that cover every region, by ARN. */
type State = { trails: Recorded[] };
type Recorded = { TrailARN: string; HomeRegion: string; IsLogging: boolean; Selection: Selection };

const Parameters = z.object({
  /** Which of the account's checks about trails are to pass. */
  checks: z.array(z.string()).min(1),
  /** Where a new trail is to write, when the account has none that could be used. */
  bucket: z.string().nullish(),
  /** Its home region. */
  region: z.string().nullish(),
});

/** Of the trail that is made where there is none; by it the way back knows it. */
const ownName = "parapet-all-regions";

export const recordAccount = defineOperation<"aws", State, z.output<typeof Parameters>>({
  id: "aws.cloudtrail.record-account",
  cloud: "aws",
  title: "Record what happens in the account, in every region",
  kinds: ["aws.account"],
  parameters: Parameters,
  reads: ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"],
  calls: [
    "aws.cloudtrail.CreateTrail",
    "aws.cloudtrail.DeleteTrail",
    "aws.cloudtrail.PutEventSelectors",
    "aws.cloudtrail.StartLogging",
    "aws.cloudtrail.StopLogging",
  ],

  async read(access, context) {
    const { target, signal } = context;
    // Trails for all regions show in every region, so the one that happens to be asked makes no difference.
    const { trailList = [] } = await access
      .clients("global")
      .cloudtrail.send(new DescribeTrailsCommand({ includeShadowTrails: true }), { abortSignal: signal });
    const own = trailList.flatMap(({ TrailARN, HomeRegion, IsMultiRegionTrail }) =>
      TrailARN && HomeRegion && IsMultiRegionTrail && TrailARN.split(":")[4] === target.account
        ? [{ TrailARN, HomeRegion }]
        : [],
    );
    const trails = await Promise.all(own.map((trail) => readRecorded(access, context, trail)));
    return { trails: trails.sort((a, b) => (a.TrailARN < b.TrailARN ? -1 : 1)) };
  },

  plan(state, { checks, bucket, region }, target) {
    const needs = needsOf(checks);
    const complete = (trail: Recorded) => !Object.values(lackingIn(trail.Selection, needs)).includes(true);
    if (state.trails.some((trail) => trail.IsLogging && complete(trail))) {
      return { outcome: "nothing", reason: "A trail for all regions records that already." };
    }
    const found =
      state.trails.find((trail) => complete(trail)) ??
      state.trails.find(({ IsLogging }) => IsLogging) ??
      state.trails[0];
    if (!found) return planNew(needs, bucket, region ?? "us-east-1", target);
    const lacking = lackingIn(found.Selection, needs);
    const selection = withLacking(found.Selection, lacking, partitionOf(target));
    if (!selection) {
      const reason = `${nameOf(found.TrailARN)} has five event selectors, which is the most: put some of them together first.`;
      return { outcome: "refused", reason };
    }
    const changed = { ...found, IsLogging: true, Selection: selection };
    return {
      outcome: "change",
      after: { trails: state.trails.map((trail) => (trail === found ? changed : trail)) },
      calls: callsBetween(found, changed),
      notes: notesOf(lacking),
    };
  },

  wayBack(before, present) {
    const calls: PlannedCall[] = [];
    for (const trail of present.trails) {
      const earlier = before.trails.find(({ TrailARN }) => TrailARN === trail.TrailARN);
      if (earlier) calls.push(...callsBetween(trail, earlier));
      else if (nameOf(trail.TrailARN) === ownName) {
        calls.push({
          id: "delete",
          api: "aws.cloudtrail.DeleteTrail",
          region: trail.HomeRegion,
          input: { Name: ownName },
        });
      }
    }
    return { calls };
  },
});

function planNew(needs: Needs, bucket: string | null | undefined, region: string, target: Target) {
  if (!bucket) {
    const reason =
      "The account has no trail for all regions. Name a bucket that a new one may write to: its policy must let CloudTrail in.";
    return { outcome: "refused" as const, reason };
  }
  const partition = partitionOf(target);
  const lacking = lackingIn(managementEvents, needs);
  const Selection = withLacking(managementEvents, lacking, partition) ?? managementEvents;
  const TrailARN = `arn:${partition}:cloudtrail:${region}:${target.account}:trail/${ownName}`;
  const made: Recorded = { TrailARN, HomeRegion: region, IsLogging: true, Selection };
  const create: PlannedCall = {
    id: "create",
    api: "aws.cloudtrail.CreateTrail",
    region,
    input: {
      Name: ownName,
      S3BucketName: bucket,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
    },
  };
  const selectors = putSelectors(made);
  return {
    outcome: "change" as const,
    after: { trails: [made] },
    calls: [create, selectors, logging(made)],
    notes: [
      ...notesOf(lacking),
      "Log files that the new trail has written stay in the bucket when it is taken back.",
    ],
  };
}

async function readRecorded(
  access: AwsAccess,
  { signal }: OperationContext,
  trail: Pick<Recorded, "TrailARN" | "HomeRegion">,
): Promise<Recorded> {
  const client = access.clients(trail.HomeRegion).cloudtrail;
  const options = { abortSignal: signal };
  const [status, selectors] = await Promise.all([
    client.send(new GetTrailStatusCommand({ Name: trail.TrailARN }), options),
    client.send(new GetEventSelectorsCommand({ TrailName: trail.TrailARN }), options),
  ]);
  return { ...trail, IsLogging: status.IsLogging ?? false, Selection: selectionOf(selectors) };
}

const needsOf = (checks: readonly string[]): Needs => ({
  management: checks.includes("aws.cloudtrail.all-regions"),
  s3Reads: checks.includes("aws.cloudtrail.s3-read-events"),
  s3Writes: checks.includes("aws.cloudtrail.s3-write-events"),
});

function callsBetween(from: Recorded, to: Recorded): PlannedCall[] {
  const selected = JSON.stringify(from.Selection) === JSON.stringify(to.Selection) ? [] : [putSelectors(to)];
  return [...selected, ...(from.IsLogging === to.IsLogging ? [] : [logging(to)])];
}

function putSelectors({ TrailARN, HomeRegion, Selection }: Recorded): PlannedCall {
  const { EventSelectors, AdvancedEventSelectors } = Selection;
  const selectors: PlannedCall["input"] =
    AdvancedEventSelectors.length > 0 ? { AdvancedEventSelectors } : { EventSelectors };
  return {
    id: `select-${nameOf(TrailARN)}`,
    api: "aws.cloudtrail.PutEventSelectors",
    region: HomeRegion,
    input: { TrailName: TrailARN, ...selectors },
  };
}

const logging = ({ TrailARN, HomeRegion, IsLogging }: Recorded): PlannedCall => ({
  id: `${IsLogging ? "start" : "stop"}-${nameOf(TrailARN)}`,
  api: `aws.cloudtrail.${IsLogging ? "Start" : "Stop"}Logging`,
  region: HomeRegion,
  input: { Name: TrailARN },
});

const notesOf = ({ s3Reads, s3Writes }: Needs): string[] =>
  s3Reads || s3Writes ? ["Events of S3 objects are billed one by one; busy buckets have many."] : [];

const nameOf = (arn: string): string => arn.split("/").at(-1) ?? arn;
const partitionOf = ({ uid }: Target): string => uid.split(":")[1] ?? "aws";
