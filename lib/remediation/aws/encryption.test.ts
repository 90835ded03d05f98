import { describe, expect, it } from "vitest";
import { accountSettingsUid } from "#lib/inventory/aws/account-settings.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import type { Target } from "../model.ts";
import { open, readVerdicts, rehearse } from "../test-journal.ts";
import { startAcme } from "./test-acme.ts";
import type { VolumeState } from "./volume-state.ts";

const acme = await startAcme();
const region = "eu-west-1";
const production = acme.accountNamed("Acme Production");
const state = ec2State(acme.estateOf("Acme Production"), region);
// What passes takes its time, so that everything has to be waited for.
state.settleAfterMs = 5;

const targetOf = (id: string): Target =>
  acme.ec2Target("Acme Production", "aws.ec2.volume", region, `volume/${id}`);

function instanceNamed(name: string) {
  const found = [...state.instances.values()].find(({ instance }) =>
    instance.Tags?.some(({ Key, Value }) => Key === "Name" && Value === name),
  );
  if (!found) throw new Error(`There is no ${name}.`);
  return found.instance;
}
const volumeOf = (name: string, index = 0) =>
  instanceNamed(name).BlockDeviceMappings?.[index]?.Ebs?.VolumeId ?? "";
const operation = "aws.ec2.encrypt-volume";

it("encrypts a region's new volumes by default, until that is undone", { timeout: 60_000 }, async () => {
  const account = acme.accountNamed("Acme Staging");
  const target: Target = {
    uid: accountSettingsUid("aws", "ec2", region, account.externalId ?? ""),
    ...{ kind: "aws.ec2.region", cloud: "aws", account: account.externalId ?? "", region, name: region },
  };
  const checks = ["aws.ec2.ebs-default-encryption"];
  const { after } = await rehearse({ account, target, operation: "aws.ec2.encrypt-by-default", checks });
  expect(after).toEqual({ EbsEncryptionByDefault: true });
});

describe("encrypting a volume", { timeout: 300_000 }, () => {
  it("swaps the root volume of a running instance, and back, whatever happens in between", async () => {
    const id = volumeOf("jump host (old)");
    const { plan, after } = await rehearse({
      ...{ account: production, target: targetOf(id), operation },
      with: { stopInstance: true },
    });
    const before = plan.before as unknown as VolumeState;
    expect(before).toMatchObject({
      volume: { encrypted: false, type: "gp2", sizeGib: 8 },
      attachment: { device: "/dev/xvda", endsWithInstance: true },
      instance: { state: "running", address: "changes" },
      ...{ copies: [], snapshots: [], underWay: null },
    });
    expect(after).toEqual({
      ...before,
      attachment: null,
      copies: [{ id: expect.stringMatching(/^vol-/), attachment: before.attachment }],
      snapshots: [expect.stringMatching(/^snap-/)],
    });
    expect(plan.calls.map((call) => call.id)).toEqual([
      ...["mark", "stop", "snapshot", "copy", "volume", "delete-snapshot"],
      ...["detach", "attach", "attach-for-good", "start", "unmark"],
    ]);
    expect(plan.notes).toEqual([
      expect.stringMatching(/is stopped while a snapshot of 8 GiB/),
      expect.stringMatching(/no Elastic IP address/),
      expect.stringMatching(/What is written after the swap/),
      `${id} is kept, unencrypted and detached. Its finding stays until somebody deletes it.`,
    ]);
    expect(instanceNamed("jump host (old)").State.Name).toBe("running");
    // No copy of an unencrypted volume is left behind, and none by which its place would be taken.
    const snapshots = [...state.snapshots.values()];
    expect(snapshots.filter((one) => one.Description?.includes(id))).toEqual([]);
  });

  it("makes the copy as the volume was: same place, size, speed and tags, encrypted", async () => {
    const id = volumeOf("winterm-01", 1);
    const target = targetOf(id);
    const { handler, context, close } = open({ account: production, target });
    const spec = {
      kind: "aws",
      operation,
      with: { stopInstance: true, kmsKeyId: "alias/acme-production-data" },
    };
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(plan.reason);
    const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
    const step = context();
    const { after, differs } = await handler.apply(action, step, plan.before);
    expect(differs).toBeNull();
    const [made] = (after as unknown as VolumeState).copies;
    const original = state.volumes.get(id);
    const copy = state.volumes.get(made?.id ?? "");
    const plain = (tags = original?.Tags) => tags?.filter(({ Key }) => !Key?.startsWith("parapet:"));
    expect({ ...copy, Tags: plain(copy?.Tags) }).toMatchObject({
      AvailabilityZone: original?.AvailabilityZone,
      ...{ Size: 500, VolumeType: "gp3", Iops: 3000, Throughput: 125, Encrypted: true },
      KmsKeyId: "alias/acme-production-data",
      Tags: plain(),
      Attachments: [{ Device: "/dev/sdf", DeleteOnTermination: true, State: "attached" }],
    });
    const check = "aws.ec2.volume-encrypted";
    expect(await readVerdicts(production, targetOf(made?.id ?? ""), [check])).toEqual({ [check]: "pass" });
    // What was written since is on the copy, which the way back keeps.
    await handler.rollback(action, context(), { before: plan.before, after, calls: step.journal.records });
    expect(state.volumes.get(made?.id ?? "")).toMatchObject({
      State: "available",
      Tags: expect.arrayContaining([{ Key: "parapet:set-aside", Value: id }]),
    });
    expect(volumeOf("winterm-01", 1)).toBe(id);
    close();
  });

  it("copies a volume that nothing is attached to, without asking anyone to stop", async () => {
    const [free] = [...state.volumes.values()].filter((one) => one.State === "available" && !one.Encrypted);
    const { plan } = await rehearse({
      ...{ account: production, target: targetOf(free?.VolumeId ?? ""), operation },
    });
    expect(plan.calls.map((call) => call.id)).toEqual([
      ...["mark", "snapshot", "copy", "volume", "delete-snapshot", "unmark"],
    ]);
  });

  it("stops nothing without consent, and nothing that wouldn't come back", async () => {
    const target = targetOf(volumeOf("fileshare-legacy"));
    const instance = instanceNamed("fileshare-legacy");
    const { handler, context, close } = open({ account: production, target });
    const plan = (stopInstance: boolean) =>
      handler.plan({ kind: "aws", operation, with: { stopInstance } }, context());
    const refused = (reason: RegExp) => ({ outcome: "refused", reason: expect.stringMatching(reason) });
    expect(await plan(false)).toEqual(refused(/wasn't consented to/));
    instance.InstanceLifecycle = "spot";
    expect(await plan(true)).toEqual(refused(/spot instance/));
    instance.InstanceLifecycle = undefined;
    const tags = instance.Tags ?? [];
    instance.Tags = [...tags, { Key: "aws:autoscaling:groupName", Value: "web" }];
    expect(await plan(true)).toEqual(refused(/Auto Scaling group/));
    instance.Tags = tags;
    close();
  });

  it("has no way back once somebody has attached something else", async () => {
    const target = targetOf(volumeOf("fileshare-legacy"));
    const { handler, context, close } = open({ account: production, target });
    const spec = { kind: "aws", operation, with: { stopInstance: true } };
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(plan.reason);
    const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
    const step = context();
    const { after } = await handler.apply(action, step, plan.before);
    expect(await handler.plan(spec, context())).toMatchObject({
      outcome: "refused",
      reason: expect.stringMatching(/has taken its place already/),
    });
    const copy = state.volumes.get((after as unknown as VolumeState).copies[0]?.id ?? "");
    Object.assign(copy?.Attachments?.[0] ?? {}, { Device: "/dev/sdz" });
    const images = { before: plan.before, after, calls: step.journal.records };
    await expect(handler.rollback(action, context(), images)).rejects.toMatchObject({ reason: "drift" });
    close();
  });
});
