import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EnableEbsEncryptionByDefaultCommand,
  ModifySnapshotAttributeCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import { CreateDBInstanceCommand, type CreateDBInstanceCommandInput } from "@aws-sdk/client-rds";
import { homeRegion, made, type Site } from "./site.ts";

/** Instances, disks and databases. */
export async function makeMachines(site: Site, privateSubnetId: string, profileArn: string): Promise<void> {
  await makeInstances(site, privateSubnetId, profileArn);
  await makeDisks(site);
  await makeDatabases(site);
  await site.clients("us-east-1").ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
}

async function makeInstances(site: Site, SubnetId: string, Arn: string): Promise<void> {
  const run = async (name: string, input: Partial<RunInstancesCommandInput>) => {
    const { Instances } = await site.clients().ec2.send(
      new RunInstancesCommand({
        ImageId: "ami-12c6146b",
        InstanceType: "t3.micro",
        MinCount: 1,
        MaxCount: 1,
        ...input,
      }),
    );
    site.nameEc2(name, "instance", made(Instances?.[0]?.InstanceId, "instance"));
  };
  const place = (AssociatePublicIpAddress: boolean) => ({
    NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, AssociatePublicIpAddress }],
  });
  await run("private-instance", {
    ...place(false),
    IamInstanceProfile: { Arn },
    MetadataOptions: { HttpTokens: "required", HttpEndpoint: "enabled" },
  });
  await run("public-instance", {
    ...place(true),
    MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "enabled" },
  });
  await run("instance-as-made", {});
  await run("instance-without-metadata", {
    ...place(false),
    MetadataOptions: { HttpTokens: "optional", HttpEndpoint: "disabled" },
  });
}

async function makeDisks(site: Site): Promise<void> {
  const { ec2 } = site.clients();
  const createVolume = async (name: string, Encrypted: boolean) => {
    const { VolumeId } = await ec2.send(
      new CreateVolumeCommand({ AvailabilityZone: `${homeRegion}a`, Size: 8, Encrypted }),
    );
    site.nameEc2(name, "volume", made(VolumeId, "volume"));
    return VolumeId;
  };
  await createVolume("encrypted-volume", true);
  const VolumeId = await createVolume("plain-volume", false);
  const createSnapshot = async (name: string) => {
    const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
    site.nameEc2(name, "snapshot", made(SnapshotId, "snapshot"));
    return SnapshotId;
  };
  await createSnapshot("private-snapshot");
  await ec2.send(
    new ModifySnapshotAttributeCommand({
      SnapshotId: await createSnapshot("public-snapshot"),
      Attribute: "createVolumePermission",
      OperationType: "add",
      GroupNames: ["all"],
    }),
  );
}

async function makeDatabases(site: Site): Promise<void> {
  const create = async (name: string, input: Partial<CreateDBInstanceCommandInput>) => {
    const { DBInstance } = await site.clients().rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: name,
        DBInstanceClass: "db.t3.micro",
        Engine: "postgres",
        AllocatedStorage: 20,
        MasterUsername: "parapet",
        MasterUserPassword: "not-a-secret-at-all",
        ...input,
      }),
    );
    site.name(name, made(DBInstance?.DBInstanceArn, "DB instance"));
  };
  await create("good-database", {
    StorageEncrypted: true,
    PubliclyAccessible: false,
    MultiAZ: true,
    AutoMinorVersionUpgrade: true,
  });
  await create("database-as-made", {});
  await create("bad-database", {
    StorageEncrypted: false,
    PubliclyAccessible: true,
    MultiAZ: false,
    AutoMinorVersionUpgrade: false,
  });
}
