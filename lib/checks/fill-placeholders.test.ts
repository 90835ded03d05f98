import { expect, it } from "vitest";
import { fillPlaceholders } from "./fill-placeholders.ts";

const resource = {
  uid: "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b",
  name: "web",
  region: "eu-west-1",
  account: "111122223333",
};

it("puts in the resource's values, as often as they are asked for", () => {
  expect(fillPlaceholders("{name} {id} {region} {account} {uid} {id} {other}", resource)).toBe(
    `web sg-0a1b eu-west-1 111122223333 ${resource.uid} sg-0a1b {other}`,
  );
});

it.each([
  "$(reboot)",
  "a; rm -rf /",
  "it's",
  'a"b',
  "`id`",
  "a\nb",
  "$" + "{path.module}",
  "",
  "--force",
  "‮moc",
])("leaves the hostile name %j to the reader", (name) => {
  expect(fillPlaceholders("run --name {name} --region {region}", { ...resource, name })).toBe(
    "run --name NAME --region eu-west-1",
  );
});
