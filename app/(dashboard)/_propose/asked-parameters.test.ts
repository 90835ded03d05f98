import { expect, test } from "vitest";
import type { Playbook } from "#lib/remediation/playbook.ts";
import { askedParameters } from "./asked-parameters.ts";

const about = { title: "…", help: "…" };
const playbook: Pick<Playbook, "parameters" | "actions"> = {
  parameters: {
    awsBucket: { ...about, type: "text", default: "logs" },
    gcpBucket: { ...about, type: "text", default: "logs" },
    gcpForce: { ...about, type: "boolean", default: false },
    gcpOwner: { ...about, type: "text" },
    note: { ...about, type: "text", optional: true },
  },
  actions: [
    {
      ...{ id: "on-aws", title: "…", kind: "aws", operation: "aws.x", timeoutSeconds: 60 },
      ...{ with: { bucket: { $parameter: "awsBucket" } }, when: { clouds: ["aws"] } },
    },
    {
      ...{ id: "on-gcp", title: "…", kind: "gcp", operation: "gcp.x", timeoutSeconds: 60 },
      with: { deep: [{ bucket: { $parameter: "gcpBucket" } }] },
      when: { clouds: ["gcp"], any: [{ parameter: { name: "gcpForce", equals: true } }] },
    },
  ],
};
const on = (cloud: "aws" | "gcp") => ({
  target: { cloud, kind: cloud === "aws" ? ("aws.s3.bucket" as const) : ("gcp.storage.bucket" as const) },
  checks: [],
});

test("what other clouds' actions take is not asked for, unless it has to be given", () => {
  expect(Object.keys(askedParameters(playbook, [on("aws")]))).toEqual(["awsBucket", "gcpOwner", "note"]);
  expect(Object.keys(askedParameters(playbook, [on("gcp")]))).toEqual([
    ...["gcpBucket", "gcpForce", "gcpOwner", "note"],
  ]);
  expect(askedParameters(playbook, [on("aws"), on("gcp")])).toEqual(playbook.parameters);
});
