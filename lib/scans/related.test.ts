import { describe, expect, it } from "vitest";
import type { Resource } from "#lib/inventory/model.ts";
import { Completeness, relatedIndex } from "./related.ts";

const resource = (kind: Resource["kind"], region: string, name: string) =>
  ({ kind, region, name, uid: name, account: "1", tags: {}, unread: [], config: {} }) as unknown as Resource;

describe("Completeness", () => {
  it("is whole only when every region that was tried was, and never without a try", () => {
    const completeness = new Completeness();
    completeness.set("aws.s3.bucket", "eu-west-1", true);
    completeness.set("aws.s3.bucket", "us-east-1", false);
    completeness.set("aws.iam.role", "global", true);
    expect([
      completeness.of("aws.s3.bucket"),
      completeness.of("aws.s3.bucket", "eu-west-1"),
      completeness.of("aws.s3.bucket", "us-east-1"),
      completeness.of("aws.s3.bucket", "sa-east-1"),
      completeness.of("aws.iam.role"),
      completeness.of("aws.kms.key"),
    ]).toEqual([false, true, false, false, true, false]);
  });
});

describe("relatedIndex", () => {
  it("finds by kind, and by kind and region", () => {
    const completeness = new Completeness();
    completeness.set("aws.s3.bucket", "eu-west-1", true);
    const [a, b, role] = [
      resource("aws.s3.bucket", "eu-west-1", "a"),
      resource("aws.s3.bucket", "us-east-1", "b"),
      resource("aws.iam.role", "global", "r"),
    ];
    const related = relatedIndex([a, b, role], completeness);
    expect(related.of("aws.s3.bucket")).toEqual({ items: [a, b], complete: true });
    expect(related.of("aws.s3.bucket", "us-east-1")).toEqual({ items: [b], complete: false });
    expect(related.of("aws.iam.role")).toEqual({ items: [role], complete: false });
    expect(related.of("aws.kms.key")).toEqual({ items: [], complete: false });
  });
});
