import type { VolumeType } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";

type Asked = { VolumeType?: VolumeType; Iops?: number; Throughput?: number };

/** What a volume is good for when nothing is asked for, as EC2 has it, and what can't be asked for of its type. */
export function performanceOf({ VolumeType = "gp2", Iops, Throughput }: Asked, sizeGib: number) {
  const isProvisioned = VolumeType === "io1" || VolumeType === "io2";
  const unsupported = (parameter: string) =>
    new AwsError(
      "InvalidParameterCombination",
      `The parameter ${parameter} is not supported for ${VolumeType} volumes.`,
    );
  if (Iops !== undefined && !isProvisioned && VolumeType !== "gp3") throw unsupported("iops");
  if (Throughput !== undefined && VolumeType !== "gp3") throw unsupported("throughput");
  if (isProvisioned) {
    if (Iops !== undefined) return { VolumeType, Iops };
    throw new AwsError("MissingParameter", `The request must contain the parameter iops for ${VolumeType}`);
  }
  if (VolumeType === "gp3") {
    if (Iops !== undefined && (Iops < 3000 || Iops > 80_000)) {
      throw new AwsError("InvalidParameterValue", `Volume iops of ${Iops} is out of range.`);
    }
    return { VolumeType, Iops: Iops ?? 3000, Throughput: Throughput ?? 125 };
  }
  // Three operations a second for each GiB, within bounds; magnetic ones aren't told of.
  if (VolumeType === "gp2") return { VolumeType, Iops: Math.min(16_000, Math.max(100, sizeGib * 3)) };
  return { VolumeType };
}
