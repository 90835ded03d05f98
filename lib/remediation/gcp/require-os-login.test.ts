import { afterAll, beforeAll, expect, it } from "vitest";
import { rehearse } from "../test-journal.ts";
import { startTestProjects, type TestProjects } from "./test-project.ts";

const operation = "gcp.compute.require-os-login";

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterAll(() => projects.close());

it("asks for a second factor in the whole project, and gives back the metadata as they were", async () => {
  const { learning } = projects;
  const compute = await learning.clients.compute();
  const itemsOf = async () =>
    (await compute.projects.get({ project: learning.id })).data.commonInstanceMetadata?.items;
  const before = await itemsOf();
  const uid = `//compute.googleapis.com/projects/${learning.id}`;
  const target = learning.target("gcp.compute.project", uid, learning.id);
  const checks = ["gcp.compute.project-os-login"];
  const { plan } = await rehearse({ account: learning.account, target, operation, checks });
  expect(plan.after).toEqual({ "enable-oslogin": "TRUE", "enable-oslogin-2fa": "TRUE" });
  expect(plan.commands).toEqual([
    `gcloud compute project-info add-metadata --project=${learning.id} --metadata=enable-oslogin=TRUE,enable-oslogin-2fa=TRUE`,
  ]);
  expect(await itemsOf()).toEqual(before);
});

it("turns on OS Login for an instance that turned it off, and keeps its other metadata", async () => {
  const { analytics } = projects;
  const compute = await analytics.clients.compute();
  const { data } = await compute.instances.aggregatedList({ project: analytics.id, maxResults: 500 });
  const instances = Object.values(data.items ?? {}).flatMap((place) => place.instances ?? []);
  const off = instances.find(({ metadata }) =>
    metadata?.items?.some(({ key, value }) => key === "enable-oslogin" && /^false$/i.test(value ?? "")),
  );
  const [, path = ""] = off?.selfLink?.split("/v1/") ?? [];
  const zone = path.split("/")[3] ?? "";
  const name = off?.name ?? "";
  const target = analytics.target("gcp.compute.instance", `//compute.googleapis.com/${path}`, name, zone);
  const items = async () =>
    (await compute.instances.get({ project: analytics.id, zone, instance: name })).data.metadata?.items;
  const before = await items();
  const checks = ["gcp.compute.instance-os-login"];
  await rehearse({ account: analytics.account, target, operation, checks });
  expect(await items()).toEqual(before);
});
