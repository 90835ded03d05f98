import {
  CreateDetectorCommand,
  DeleteDetectorCommand,
  GetDetectorCommand,
  type GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from "@aws-sdk/client-guardduty";
import { z } from "zod";
import type { PlannedCall } from "../model.ts";
import { defineCall, defineOperation } from "../operation.ts";
import { output } from "../references.ts";
import { awsCommand } from "./command.ts";

/** A region has one detector at most. */
type State = { detector: { DetectorId: string; isEnabled: boolean; byParapet: boolean } | null };

const ownTag = "parapet";

export const enableGuardDuty = defineOperation<"aws", State, Record<string, never>>({
  id: "aws.guardduty.enable",
  cloud: "aws",
  title: "Turn on GuardDuty",
  kinds: ["aws.guardduty.region"],
  parameters: z.object({}),
  reads: ["guardduty:ListDetectors", "guardduty:GetDetector"],
  calls: ["aws.guardduty.CreateDetector", "aws.guardduty.DeleteDetector", "aws.guardduty.UpdateDetector"],

  read: async (access, { target, signal }) => ({
    detector: await readDetector(access.clients(target.region).guardduty, signal),
  }),

  plan({ detector }) {
    if (detector?.isEnabled) return { outcome: "nothing", reason: "GuardDuty is on already." };
    const notes = ["GuardDuty is billed by what it reads; new accounts have it free for 30 days."];
    if (detector) {
      const after = { detector: { ...detector, isEnabled: true } };
      return { outcome: "change", after, calls: [update(detector.DetectorId, true)], notes };
    }
    const create: PlannedCall = {
      id: "create",
      api: "aws.guardduty.CreateDetector",
      input: { Enable: true, Tags: { [ownTag]: "detector" } },
    };
    const DetectorId = output("create", "DetectorId") as unknown as string;
    return {
      outcome: "change",
      after: { detector: { DetectorId, isEnabled: true, byParapet: true } },
      calls: [create],
      notes: [...notes, "Taking it back deletes the detector with what it has found."],
    };
  },

  wayBack(before, present) {
    if (!present.detector) return { calls: [] };
    const { DetectorId, isEnabled, byParapet } = present.detector;
    if (before.detector) {
      const same = isEnabled === before.detector.isEnabled;
      return { calls: same ? [] : [update(DetectorId, before.detector.isEnabled)] };
    }
    // One that somebody else made meanwhile stays.
    if (!byParapet) return { calls: [] };
    return { calls: [{ id: "delete", api: "aws.guardduty.DeleteDetector", input: { DetectorId } }] };
  },
});

const update = (DetectorId: string, Enable: boolean): PlannedCall => ({
  id: "update",
  api: "aws.guardduty.UpdateDetector",
  input: { DetectorId, Enable },
});

async function readDetector(client: GuardDutyClient, signal: AbortSignal): Promise<State["detector"]> {
  const options = { abortSignal: signal };
  const { DetectorIds = [] } = await client.send(new ListDetectorsCommand({}), options);
  const [DetectorId] = DetectorIds;
  if (DetectorId === undefined) return null;
  const { Status, Tags } = await client.send(new GetDetectorCommand({ DetectorId }), options);
  return { DetectorId, isEnabled: Status === "ENABLED", byParapet: Tags?.[ownTag] !== undefined };
}

const Id = z.string().regex(/^[0-9a-f]{32}$/);

export const guardDutyCalls = [
  defineCall({
    api: "aws.guardduty.CreateDetector",
    cloud: "aws",
    input: z.strictObject({ Enable: z.literal(true), Tags: z.record(z.string(), z.string()) }),
    permissions: [
      "guardduty:CreateDetector",
      "guardduty:TagResource",
      "guardduty:ListDetectors",
      "guardduty:GetDetector",
      "iam:CreateServiceLinkedRole",
    ],
    async send(access, input, { region, token, signal }) {
      const command = new CreateDetectorCommand({ ...input, ClientToken: token.slice(-64) });
      const { DetectorId } = await access.clients(region).guardduty.send(command, { abortSignal: signal });
      return { DetectorId: DetectorId ?? "" };
    },
    async find(access, _input, { region, signal }) {
      const found = await readDetector(access.clients(region).guardduty, signal);
      return found?.byParapet ? { DetectorId: found.DetectorId } : null;
    },
    command: (input, where) => awsCommand("guardduty create-detector", input, where),
  }),
  defineCall({
    api: "aws.guardduty.UpdateDetector",
    cloud: "aws",
    input: z.strictObject({ DetectorId: Id, Enable: z.boolean() }),
    permissions: ["guardduty:UpdateDetector"],
    async send(access, input, { region, signal }) {
      await access.clients(region).guardduty.send(new UpdateDetectorCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("guardduty update-detector", input, where),
  }),
  defineCall({
    api: "aws.guardduty.DeleteDetector",
    cloud: "aws",
    input: z.strictObject({ DetectorId: Id }),
    permissions: ["guardduty:DeleteDetector", "guardduty:ListDetectors"],
    async send(access, input, { region, signal }) {
      const client = access.clients(region).guardduty;
      const { DetectorIds = [] } = await client.send(new ListDetectorsCommand({}), { abortSignal: signal });
      // GuardDuty says of one that is gone that it is somebody else's.
      if (!DetectorIds.includes(input.DetectorId)) return null;
      await client.send(new DeleteDetectorCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("guardduty delete-detector", input, where),
  }),
];
