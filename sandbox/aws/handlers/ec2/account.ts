import type { Image, Tag } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { findAccount } from "../state.ts";
import { type Describing, describeItems, filterItems } from "./describe.ts";
import { type Ec2State, ec2 } from "./state.ts";

const images: Describing<Image> = {
  id: (image) => image.ImageId,
  tags: (image) => image.Tags,
  notFound: ["InvalidAMIID.NotFound", "image id"],
  filters: {
    "image-id": (image) => image.ImageId,
    name: (image) => image.Name,
    state: (image) => image.State,
    "is-public": (image) => image.Public,
    "owner-id": (image) => image.OwnerId,
    architecture: (image) => image.Architecture,
  },
};

/** Regions, images, tags, and what EC2 holds for an account in a region. */
export const accountHandlers = {
  DescribeRegions: (input, call) => {
    const { regions, disabledRegions } = findAccount(call);
    const all = [
      ...regions.map((name) => [name, "opt-in-not-required"] as const),
      ...(input.AllRegions ? disabledRegions.map((name) => [name, "not-opted-in"] as const) : []),
    ].map(([RegionName, OptInStatus]) => ({
      RegionName,
      OptInStatus,
      Endpoint: `ec2.${RegionName}.amazonaws.com`,
    }));
    const wanted = input.RegionNames;
    const unknown = wanted?.find((name) => !all.some((region) => region.RegionName === name));
    if (unknown) {
      throw new AwsError("InvalidParameterValue", `Invalid region names: ${unknown}`);
    }
    const listed = wanted?.length ? all.filter((region) => wanted.includes(region.RegionName)) : all;
    return {
      Regions: filterItems(listed, input.Filters, {
        tags: () => undefined,
        filters: {
          endpoint: (region) => region.Endpoint,
          "opt-in-status": (region) => region.OptInStatus,
          "region-name": (region) => region.RegionName,
        },
      }),
    };
  },

  DescribeImages: (input, call) => {
    const owners = input.Owners?.map((owner) => (owner === "self" ? call.account : owner));
    const listed = [...ec2(call).images.values()].filter(
      (image) => !owners?.length || owners.includes(image.OwnerId ?? ""),
    );
    const page = describeItems(listed, input, input.ImageIds, images);
    return { Images: page.items, NextToken: page.next };
  },

  GetEbsEncryptionByDefault: (_input, call) => {
    const { ebsEncryptionByDefault } = ec2(call);
    return {
      EbsEncryptionByDefault: ebsEncryptionByDefault,
      SseType: ebsEncryptionByDefault ? "sse-kms" : "none",
    };
  },
  EnableEbsEncryptionByDefault: (_input, call) => {
    ec2(call).ebsEncryptionByDefault = true;
    return { EbsEncryptionByDefault: true };
  },
  DisableEbsEncryptionByDefault: (_input, call) => {
    ec2(call).ebsEncryptionByDefault = false;
    return { EbsEncryptionByDefault: false };
  },
  GetEbsDefaultKmsKeyId: (_input, call) => ({ KmsKeyId: ec2(call).ebsDefaultKmsKeyId }),
  ModifyEbsDefaultKmsKeyId: (input, call) => {
    const state = ec2(call);
    state.ebsDefaultKmsKeyId = input.KmsKeyId ?? "alias/aws/ebs";
    return { KmsKeyId: state.ebsDefaultKmsKeyId };
  },
  ResetEbsDefaultKmsKeyId: (_input, call) => {
    const state = ec2(call);
    state.ebsDefaultKmsKeyId = "alias/aws/ebs";
    return { KmsKeyId: state.ebsDefaultKmsKeyId };
  },

  CreateTags: (input, call) => {
    const given = input.Tags ?? [];
    if (given.some(({ Key }) => Key?.toLowerCase().startsWith("aws:"))) {
      throw new AwsError(
        "InvalidParameterValue",
        "Tag keys starting with 'aws:' are reserved for internal use",
      );
    }
    for (const tagged of findTagged(ec2(call), input.Resources)) {
      const kept = (tagged.Tags ?? []).filter((tag) => !given.some((one) => one.Key === tag.Key));
      tagged.Tags = [...kept, ...given.map(({ Key, Value = "" }) => ({ Key, Value }))];
    }
    return {};
  },
  DeleteTags: (input, call) => {
    const given = input.Tags;
    const isGiven = (tag: Tag) =>
      given?.some((one) => one.Key === tag.Key && (one.Value === undefined || one.Value === tag.Value)) ??
      true;
    for (const tagged of findTagged(ec2(call), input.Resources)) {
      tagged.Tags = (tagged.Tags ?? []).filter((tag) => !isGiven(tag));
    }
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

/** The things with these ids, whatever they are; all of them exist, or nothing is done. */
function findTagged(state: Ec2State, ids: string[] | undefined): { Tags?: Tag[] }[] {
  return (ids ?? []).map((id) => {
    const found =
      state.instances.get(id)?.instance ??
      state.groups.get(id)?.group ??
      state.prefixLists.get(id)?.list ??
      state.volumes.get(id) ??
      state.snapshots.get(id) ??
      state.vpcs.get(id) ??
      state.subnets.get(id) ??
      state.networkAcls.get(id) ??
      state.images.get(id) ??
      state.addresses.get(id) ??
      state.flowLogs.get(id);
    if (!found) throw new AwsError("InvalidID", `The ID '${id}' is not valid`);
    return found;
  });
}
