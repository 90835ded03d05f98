import type { IamInstanceProfileAssociation } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";
import { iam } from "../iam/state.ts";
import type { Operations } from "../operations.ts";
import { type Describing, describeItems } from "./describe.ts";
import { findInstance } from "./find.ts";
import { ec2, type InstanceState } from "./state.ts";

const associations: Describing<IamInstanceProfileAssociation> = {
  id: (one) => one.AssociationId,
  tags: () => undefined,
  notFound: ["InvalidAssociationID.NotFound", "association"],
  filters: { "instance-id": (one) => one.InstanceId, state: (one) => one.State },
};

/** The role that an instance runs under. An instance's association is known by the instance's own number. */
export const instanceProfileHandlers = {
  DescribeIamInstanceProfileAssociations: (input, call) => {
    const all = [...ec2(call).instances.values()].flatMap((one) => describeAssociation(one) ?? []);
    const page = describeItems(all, input, input.AssociationIds, associations);
    return { IamInstanceProfileAssociations: page.items, NextToken: page.next };
  },
  AssociateIamInstanceProfile: (input, call) => {
    const found = findInstance(ec2(call), input.InstanceId);
    if (found.instance.IamInstanceProfile) {
      throw new AwsError(
        "IncorrectState",
        `There is an existing association for instance ${found.instance.InstanceId}`,
      );
    }
    const { Arn, Name } = input.IamInstanceProfile ?? {};
    const profile = iam(call).instanceProfiles.get(Name ?? Arn?.split("/").at(-1) ?? "")?.profile;
    if (!profile) {
      throw new AwsError("InvalidParameterValue", `Invalid IAM Instance Profile name ${Name ?? Arn}`);
    }
    found.instance.IamInstanceProfile = { Arn: profile.Arn, Id: profile.InstanceProfileId };
    return { IamInstanceProfileAssociation: { ...describeAssociation(found), State: "associating" } };
  },
  DisassociateIamInstanceProfile: (input, call) => {
    const found = [...ec2(call).instances.values()].find(
      (one) => describeAssociation(one)?.AssociationId === input.AssociationId,
    );
    if (!found) {
      throw new AwsError(
        "InvalidAssociationID.NotFound",
        `The association '${input.AssociationId}' does not exist`,
      );
    }
    const association = describeAssociation(found);
    found.instance.IamInstanceProfile = undefined;
    return { IamInstanceProfileAssociation: { ...association, State: "disassociating" } };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

function describeAssociation({ instance }: InstanceState): IamInstanceProfileAssociation | undefined {
  const { InstanceId, IamInstanceProfile } = instance;
  if (!IamInstanceProfile) return undefined;
  return {
    AssociationId: InstanceId.replace("i-", "iip-assoc-"),
    InstanceId,
    IamInstanceProfile,
    State: "associated",
  };
}
