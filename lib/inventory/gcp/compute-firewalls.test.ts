import { expect, it } from "vitest";
import { firewalls } from "./compute-firewalls.ts";
import { collect, paged } from "./test-answers.ts";

const root = "GET compute.googleapis.com/compute/v1/projects/example-project";
const link = (path: string) => `https://www.googleapis.com/compute/v1/projects/example-project/${path}`;
const uid = (path: string) => `//compute.googleapis.com/projects/example-project/${path}`;
const created = { creationTimestamp: "2024-02-03T04:05:06.789-07:00" };
const createdAt = "2024-02-03T11:05:06.789Z";

/** As the reference shows a rule: https://docs.cloud.google.com/compute/docs/reference/rest/v1/firewalls */
const firewall = (name: string, rest: object) => ({
  kind: "compute#firewall",
  id: "8157",
  ...created,
  name,
  description: "",
  network: link("global/networks/default"),
  priority: 65534,
  direction: "INGRESS",
  logConfig: { enable: false },
  disabled: false,
  selfLink: link(`global/firewalls/${name}`),
  ...rest,
});

it("reads firewall rules over pages, whatever they leave out", async () => {
  const list = `${root}/global/firewalls`;
  const read = await collect(firewalls, {
    [list]: paged(
      {
        kind: "compute#firewallList",
        id: "projects/example-project/global/firewalls",
        items: [
          firewall("a-ssh", {
            sourceRanges: ["0.0.0.0/0", "::/0"],
            targetTags: ["web"],
            allowed: [{ IPProtocol: "tcp", ports: ["22", "8000-8080"] }, { IPProtocol: "icmp" }],
          }),
        ],
        nextPageToken: "next",
      },
      {
        kind: "compute#firewallList",
        items: [
          firewall("b-deny", {
            direction: "EGRESS",
            disabled: true,
            priority: 0,
            description: "No mail",
            destinationRanges: ["0.0.0.0/0"],
            targetServiceAccounts: ["mail@example-project.iam.gserviceaccount.com"],
            allowed: [],
            denied: [{ IPProtocol: "all" }],
            logConfig: { enable: true },
          }),
          {
            name: "c-least",
            network: link("global/networks/default"),
            selfLink: link("global/firewalls/c-least"),
            sourceTags: ["web"],
            allowed: [{ IPProtocol: "6" }],
          },
          firewall("d-clipped", {}),
        ],
      },
    ),
  });
  const common = {
    kind: "gcp.compute.firewall",
    account: "example-project",
    region: "global",
    tags: {},
    unread: [],
  };
  const config = {
    network: uid("global/networks/default"),
    direction: "INGRESS",
    priority: 65534,
    disabled: false,
    sourceRanges: [],
    sourceTags: [],
    sourceServiceAccounts: [],
    destinationRanges: [],
    targetTags: [],
    targetServiceAccounts: [],
    description: null,
    createdAt,
    logging: false,
  };
  expect(read.resources).toEqual([
    {
      ...common,
      uid: uid("global/firewalls/a-ssh"),
      name: "a-ssh",
      config: {
        ...config,
        action: "allow",
        traffic: [
          { protocol: "tcp", ports: ["22", "8000-8080"] },
          { protocol: "icmp", ports: [] },
        ],
        sourceRanges: ["0.0.0.0/0", "::/0"],
        targetTags: ["web"],
      },
    },
    {
      ...common,
      uid: uid("global/firewalls/b-deny"),
      name: "b-deny",
      config: {
        ...config,
        action: "deny",
        traffic: [{ protocol: "all", ports: [] }],
        direction: "EGRESS",
        priority: 0,
        disabled: true,
        destinationRanges: ["0.0.0.0/0"],
        targetServiceAccounts: ["mail@example-project.iam.gserviceaccount.com"],
        description: "No mail",
        logging: true,
      },
    },
    {
      ...common,
      uid: uid("global/firewalls/c-least"),
      name: "c-least",
      config: {
        ...config,
        action: "allow",
        traffic: [{ protocol: "6", ports: [] }],
        priority: 1000,
        sourceTags: ["web"],
        createdAt: null,
      },
    },
    {
      ...common,
      uid: uid("global/firewalls/d-clipped"),
      name: "d-clipped",
      config,
      unread: ["action", "traffic"],
    },
  ]);
  expect(read).toMatchObject({
    gaps: [{ resourceUid: uid("global/firewalls/d-clipped"), code: "malformed" }],
    thrown: null,
    calls: [list, list],
  });
  const empty = { kind: "compute#firewallList", id: "projects/example-project/global/firewalls" };
  expect(await collect(firewalls, { [list]: empty })).toMatchObject({ resources: [], thrown: null });
});
