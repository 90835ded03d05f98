import { describe, expect, it } from "vitest";
import { connectionFacts } from "./connection-words.ts";

describe("connectionFacts", () => {
  it("names what a role's connection says", () => {
    expect(
      connectionFacts({
        type: "assume_role",
        roleArn: "arn:aws:iam::111122223333:role/parapet",
        externalId: "x-1",
        source: { type: "profile", profile: "hub" },
      }),
    ).toEqual([
      { name: "Role", value: "arn:aws:iam::111122223333:role/parapet" },
      { name: "External id", value: "x-1" },
      { name: "Starts from", value: "profile" },
      { name: "Profile it starts from", value: "hub" },
    ]);
  });

  it("leaves the rest of a credential configuration in its file", () => {
    expect(
      connectionFacts({
        type: "workload_identity",
        configuration: {
          type: "external_account",
          audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
          token_url: "https://sts.googleapis.com/v1/token",
          credential_source: { url: "https://example.com", headers: { authorization: "…" } },
        },
      }),
    ).toEqual([
      {
        name: "Identity pool",
        value: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
      },
    ]);
  });

  it("shows what it does not know under its own name, and lists in one line", () => {
    expect(connectionFacts({ delegates: ["a@b", "c@d"], newThing: 3, nothing: null })).toEqual([
      { name: "By way of", value: "a@b, c@d" },
      { name: "newThing", value: "3" },
    ]);
  });
});
