import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { cut, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { fullName, fullNames, maxResults, textOrNull } from "./compute-common.ts";
import { lastStep, listAggregated, regionOf, timeFrom } from "./list.ts";

export const disks: GcpCollector<"gcp.compute.disk"> = {
  kind: "gcp.compute.disk",
  cloud: "gcp",
  service: "compute",
  scope: "global",
  permissions: ["compute.disks.list"],
  collect: async function* (context) {
    const api = await context.clients.compute();
    const found = listAggregated(
      context,
      "compute.disks.list",
      (page, options) => api.disks.aggregatedList({ project: context.account, maxResults, ...page }, options),
      "disks",
    );
    yield* context.each(found, async (disk) => describeDisk(context, disk));
  },
};

function describeDisk({ account }: GcpContext, disk: compute_v1.Schema$Disk): Resource<"gcp.compute.disk"> {
  const { diskEncryptionKey: key } = disk;
  return {
    uid: fullName(required(disk.selfLink, "selfLink")),
    kind: "gcp.compute.disk",
    account,
    // A regional disk has a region where others have a zone.
    region: regionOf(required(disk.zone ?? disk.region, "zone")),
    name: required(disk.name, "name"),
    tags: tagRecord(Object.entries(disk.labels ?? {})),
    config: {
      zone: disk.zone ? lastStep(disk.zone) : null,
      sizeGib: disk.sizeGb ? Number(disk.sizeGb) : null,
      type: disk.type ? cut(lastStep(disk.type)) : null,
      status: textOrNull(disk.status),
      createdAt: timeFrom(disk.creationTimestamp),
      // Only a customer's key is mentioned: by its name in Cloud KMS, or else by its hash.
      encryption: key?.kmsKeyName
        ? "kms"
        : key?.sha256 || key?.rsaEncryptedKey
          ? "customer-supplied"
          : "google",
      kmsKeyName: textOrNull(key?.kmsKeyName),
      attachedTo: fullNames(disk.users),
    },
    unread: [],
  };
}
