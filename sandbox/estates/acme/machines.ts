import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { addInstance, addSnapshot, addVolume, type InstanceSpec } from "../build/compute.ts";
import { inRegion, makeId, type Site } from "../build/site.ts";
import { type Environment, type TeamKey, tagsOf } from "./company.ts";
import type { Groups } from "./firewalls.ts";
import type { Networks } from "./networks.ts";

type Story = readonly [
  name: string,
  region: keyof Networks,
  team: TeamKey,
  groups: readonly string[],
  spec?: Partial<Omit<InstanceSpec, "name" | "network" | "groups" | "tags">>,
];

const stories: Record<Environment, Story[]> = {
  production: [
    [
      "jump host (old)",
      "eu-west-1",
      "platform",
      ["jumphost-2019"],
      {
        isPublic: true,
        imds: "optional",
        ageDays: 2480,
        type: "t2.micro",
        keyName: "mwallace-laptop",
        volumes: [{ sizeGib: 8, kmsKeyArn: null, type: "gp2" }],
      },
    ],
    ["bastion-eu-west-1", "eu-west-1", "platform", ["jump-host-office"], { isPublic: true, ageDays: 90 }],
    [
      "winterm-01",
      "eu-west-1",
      "finance",
      ["Windows terminal servers", "corp-internal"],
      {
        isPublic: true,
        imds: "optional",
        type: "m5.xlarge",
        volumes: [{ sizeGib: 120 }, { sizeGib: 500, kmsKeyArn: null }],
      },
    ],
    [
      "fileshare-legacy",
      "eu-west-1",
      "finance",
      ["legacy-fileshare"],
      { imds: "optional", hopLimit: 3, volumes: [{ sizeGib: 1000, kmsKeyArn: null, type: "gp2" }] },
    ],
    ["sftp-gateway", "eu-west-1", "merchants", ["partner-sftp"], { publicIpOnSecondInterface: true }],
    ["edge-ipv6", "eu-west-1", "platform", ["public-alb"], { ipv6: "2001:db8:20::1f" }],
    [
      "settlement-ftp",
      "us-east-1",
      "payouts",
      ["ops-port-range"],
      { state: "stopped", ageDays: 610, isPublic: true, imds: "optional" },
    ],
    ["notebooks-gpu", "us-east-1", "data", ["all-tcp"], { isPublic: true, type: "g5.2xlarge" }],
    ["batch-worker-spot", "us-east-1", "payouts", [], { state: "terminated" }],
    ["hardened-signer", "eu-central-1", "payouts", [], { imds: "off", type: "c6i.large" }],
  ],
  staging: [
    [
      "debug-box",
      "eu-west-1",
      "checkout",
      ["everything-open (debug)"],
      { isPublic: true, imds: "optional", volumes: [{ sizeGib: 30, kmsKeyArn: null }] },
    ],
    ["load-generator", "eu-central-1", "platform", [], { state: "stopped", type: "c5.4xlarge" }],
    ["büro-zürich demo", "eu-west-1", "marketing", ["staging-web"], { isPublic: true }],
  ],
  security: [
    [
      "siem-collector-1",
      "eu-west-1",
      "security",
      ["siem-ingest"],
      { type: "m6i.large", volumes: [{ sizeGib: 50 }, { sizeGib: 2000 }] },
    ],
    [
      "siem-collector-2",
      "eu-west-1",
      "security",
      ["siem-ingest"],
      { type: "m6i.large", volumes: [{ sizeGib: 50 }, { sizeGib: 2000 }] },
    ],
    ["forensics-workbench", "eu-west-1", "security", ["bastion-ssm-only"], { state: "stopped" }],
  ],
};

/** Instances with a story, their volumes, and what was copied from them. */
export function addMachines(site: Site, environment: Environment, networks: Networks, groups: Groups): void {
  for (const [name, region, team, groupNames, spec] of stories[environment]) {
    addInstance(inRegion(site, region), {
      name,
      network: networks[region],
      groups: groupNames.flatMap((group) => groups.get(group) ?? []),
      ...spec,
      tags: tagsOf(environment, team),
    });
  }
  const home = inRegion(site, "eu-west-1");
  const zone = "eu-west-1a";
  ec2State(site.account, "eu-west-1").ebsEncryptionByDefault = environment !== "staging";
  ec2State(site.account, "eu-central-1").ebsEncryptionByDefault = environment === "security";
  if (environment === "security") {
    ec2State(site.account, "us-east-1").ebsEncryptionByDefault = true;
    ec2State(site.account, "us-east-1").snapshotBlockPublicAccess = "block-all-sharing";
    return;
  }
  if (environment === "staging") {
    addVolume(home, {
      sizeGib: 100,
      kmsKeyArn: null,
      zone,
      ageDays: 300,
      name: "restored-for-debugging",
      tags: tagsOf(environment, "ledger"),
    });
    return;
  }
  addCheckout(home, networks, groups);
  const web = addVolume(home, {
    sizeGib: 40,
    kmsKeyArn: null,
    zone,
    ageDays: 900,
    name: "www-2022",
    tags: tagsOf(environment, "marketing"),
  });
  addSnapshot(home, {
    description: "Website before relaunch",
    volumeId: web,
    ageDays: 640,
    sharedWith: "all",
    tags: tagsOf(environment, "marketing"),
  });
  addSnapshot(home, {
    description: "Ledger forensics copy",
    ageDays: 30,
    sharedWith: ["777788889999"],
    tags: tagsOf(environment, "security"),
  });
  addSnapshot(inRegion(site, "us-east-1"), {
    description: "crm-db-2021 final",
    isEncrypted: false,
    sizeGib: 250,
    ageDays: 1400,
    sharedWith: "all",
    tags: tagsOf(environment, "merchants", { DataClass: "restricted" }),
  });
}

/** Three servers of one launch, behind the public load balancer. */
function addCheckout(site: Site, networks: Networks, groups: Groups): void {
  const reservationId = makeId(site, "r");
  for (const n of [1, 2, 3]) {
    addInstance(site, {
      name: `checkout-api-${n}`,
      network: networks["eu-west-1"],
      groups: ["cluster-nodes", "corp-internal"].flatMap((name) => groups.get(name) ?? []),
      type: "m6i.xlarge",
      reservationId,
      volumes: [{ sizeGib: 50 }, { sizeGib: 200 }],
      tags: tagsOf("production", "checkout"),
    });
  }
}
