import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type BucketState, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { startAcme } from "./aws/test-acme.ts";
import type { PlannedAction } from "./model.ts";
import { Crashed, open, TestJournal } from "./test-journal.ts";

const acme = await startAcme();
const name = "acme-prod-old-uploads";
const target = acme.bucketNamed("Acme Production", "us-east-1", name);
const { handler, context, close } = open({ account: acme.accountNamed("Acme Production"), target });
afterAll(close);

const bucket = (): BucketState => {
  const found = s3State(acme.estateOf("Acme Production")).get(name);
  if (!found) throw new Error(`There is no bucket ${name}.`);
  return found;
};
const original = structuredClone(bucket());
beforeEach(() => {
  s3State(acme.estateOf("Acme Production")).set(name, structuredClone(original));
});

const theirs = {
  ...{ BlockPublicAcls: true, IgnorePublicAcls: false },
  ...{ BlockPublicPolicy: true, RestrictPublicBuckets: false },
};

async function planned(): Promise<{ action: PlannedAction }> {
  const spec = { kind: "aws", operation: "aws.s3.block-public-access", with: {} };
  const plan = await handler.plan(spec, context());
  if (plan.outcome !== "change") throw new Error(plan.reason);
  return { action: { ...spec, action: "block", title: "Block", timeoutSeconds: 60, plan } };
}

describe("a change that was cut off half-way", () => {
  it.each(["begun", "sent"] as const)(
    "isn't taken back over what somebody else did meanwhile: %s",
    async (when) => {
      const { action } = await planned();
      if (action.plan.outcome !== "change") throw new Error("Nothing was planned.");
      const { before } = action.plan;
      const torn = { ...context(), journal: new TestJournal({ call: 1, when }) };
      await expect(handler.apply(action, torn, before)).rejects.toThrow(Crashed);
      bucket().publicAccessBlock = theirs;
      await expect(handler.apply(action, torn, before)).rejects.toMatchObject({ reason: "drift" });
      // The engine keeps what it reads then, somebody else's work included, as what the step has left.
      const after = await handler.read(action, context());
      const images = { before, after, calls: torn.journal.records };
      await expect(handler.rollback(action, context(), images)).rejects.toMatchObject({ reason: "drift" });
      const unread = { before, after: undefined, calls: torn.journal.records };
      await expect(handler.rollback(action, context(), unread)).rejects.toMatchObject({ reason: "drift" });
      expect(bucket().publicAccessBlock).toEqual(theirs);
    },
  );

  it("isn't taken back over somebody else's work where nobody read what it left", async () => {
    const { action } = await planned();
    if (action.plan.outcome !== "change") throw new Error("Nothing was planned.");
    const { before } = action.plan;
    const step = context();
    await handler.apply(action, step, before);
    const unread = { before, after: undefined, calls: step.journal.records };
    bucket().publicAccessBlock = theirs;
    await expect(handler.rollback(action, context(), unread)).rejects.toMatchObject({ reason: "drift" });
    expect(bucket().publicAccessBlock).toEqual(theirs);
  });

  it("is taken back where it is all that happened", async () => {
    const { action } = await planned();
    if (action.plan.outcome !== "change") throw new Error("Nothing was planned.");
    const { before } = action.plan;
    const torn = { ...context(), journal: new TestJournal({ call: 1, when: "sent" }) };
    await expect(handler.apply(action, torn, before)).rejects.toThrow(Crashed);
    const images = { before, after: undefined, calls: torn.journal.records };
    expect(await handler.rollback(action, context(), images)).toEqual({ after: before, differs: null });
    expect(bucket().publicAccessBlock).toEqual(original.publicAccessBlock);
  });
});

it("refuses a resource whose own words would be taken for an answer of the provider", async () => {
  const resource = target.uid;
  const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${resource}/*` };
  const odd = { StringEquals: { "aws:PrincipalTag/$output": "x" }, Null: { $output: "put-policy" } };
  bucket().policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [statement, { ...statement, Effect: "Deny", Condition: odd }],
  });
  const spec = { kind: "aws", operation: "aws.s3.remove-public-grants", with: {} };
  expect(await handler.plan(spec, context())).toMatchObject({
    outcome: "refused",
    reason: expect.stringContaining("$output"),
  });
});
