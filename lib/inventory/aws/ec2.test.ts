import { describe, expect, it } from "vitest";
import { ListFailed, MalformedAnswer } from "../answers.ts";
import { instances } from "./ec2-instances.ts";
import { networkAcls, vpcs } from "./ec2-network.ts";
import { ec2Region } from "./ec2-region.ts";
import { prefixLists, securityGroups } from "./ec2-security-groups.ts";
import { snapshots, volumes } from "./ec2-storage.ts";
import { type AwsRequest, account, collect, ec2Answer, ec2Failure, paged } from "./test-answers.ts";

const arn = (type: string, id: string) => `arn:aws:ec2:eu-west-1:${account}:${type}/${id}`;
const place = { account, region: "eu-west-1" };
const settingsUid = `arn:aws:ec2:eu-west-1:${account}:account-settings`;

describe("instances", () => {
  const reservation = (items: string) =>
    `<item><reservationId>r-1234567890abcdef0</reservationId><ownerId>${account}</ownerId><groupSet/><instancesSet>${items}</instancesSet></item>`;
  const running = `<item><instanceId>i-1234567890abcdef0</instanceId><imageId>ami-bff32ccc</imageId><instanceState><code>16</code><name>running</name></instanceState>
    <keyName>my_keypair</keyName><instanceType>t2.micro</instanceType><launchTime>2018-05-08T16:46:19.000Z</launchTime>
    <subnetId>subnet-56f5f633</subnetId><vpcId>vpc-11112222</vpcId><privateIpAddress>192.168.1.88</privateIpAddress><ipAddress>54.194.252.215</ipAddress>
    <groupSet><item><groupId>sg-e4076980</groupId><groupName>SecurityGroup1</groupName></item></groupSet>
    <blockDeviceMapping><item><deviceName>/dev/xvda</deviceName><ebs><volumeId>vol-1234567890abcdef0</volumeId><status>attached</status></ebs></item></blockDeviceMapping>
    <tagSet><item><key>Name</key><value>Server_1</value></item></tagSet>
    <networkInterfaceSet><item><networkInterfaceId>eni-551ba033</networkInterfaceId><groupSet><item><groupId>sg-e4076981</groupId></item></groupSet><association><publicIp>54.194.252.215</publicIp></association>
      <privateIpAddressesSet><item><primary>true</primary><association><publicIp>54.194.252.215</publicIp></association></item><item><association><publicIp>52.1.2.3</publicIp></association></item></privateIpAddressesSet>
      <ipv6AddressesSet><item><ipv6Address>2001:db8:1234:1a2b::123</ipv6Address></item></ipv6AddressesSet></item></networkInterfaceSet>
    <iamInstanceProfile><arn>arn:aws:iam::${account}:instance-profile/web</arn><id>AIPA</id></iamInstanceProfile>
    <metadataOptions><state>applied</state><httpTokens>required</httpTokens><httpPutResponseHopLimit>1</httpPutResponseHopLimit><httpEndpoint>enabled</httpEndpoint></metadataOptions></item>`;
  const sparse = `<item><instanceId>i-2</instanceId><instanceState><code>80</code><name>stopped</name></instanceState><instanceType>t2.micro</instanceType></item>`;
  const terminated = `<item><instanceId>i-3</instanceId><instanceState><code>48</code><name>terminated</name></instanceState><instanceType>t2.micro</instanceType></item>`;

  it("reads them page by page, and keeps what a sparse answer does say", async () => {
    const read = await collect(instances, {
      DescribeInstances: paged(
        "NextToken",
        ec2Answer(
          "DescribeInstances",
          `<reservationSet>${reservation(running)}</reservationSet><nextToken>next</nextToken>`,
        ),
        ec2Answer(
          "DescribeInstances",
          `<reservationSet>${reservation(sparse + terminated)}</reservationSet>`,
        ),
      ),
    });
    expect(read).toEqual({
      resources: [
        {
          ...place,
          uid: arn("instance", "i-1234567890abcdef0"),
          kind: "aws.ec2.instance",
          name: "Server_1",
          tags: { Name: "Server_1" },
          config: {
            state: "running",
            type: "t2.micro",
            imageId: "ami-bff32ccc",
            launchedAt: "2018-05-08T16:46:19.000Z",
            publicIps: ["52.1.2.3", "54.194.252.215"],
            ipv6Addresses: ["2001:db8:1234:1a2b::123"],
            metadata: { endpoint: "enabled", tokens: "required", hopLimit: 1 },
            instanceProfileArn: `arn:aws:iam::${account}:instance-profile/web`,
            vpcId: "vpc-11112222",
            subnetId: "subnet-56f5f633",
            securityGroupIds: ["sg-e4076980", "sg-e4076981"],
            volumeIds: ["vol-1234567890abcdef0"],
            keyName: "my_keypair",
          },
          unread: [],
        },
        {
          ...place,
          uid: arn("instance", "i-2"),
          kind: "aws.ec2.instance",
          name: "i-2",
          tags: {},
          config: {
            state: "stopped",
            type: "t2.micro",
            imageId: null,
            launchedAt: null,
            ipv6Addresses: [],
            instanceProfileArn: null,
            vpcId: null,
            subnetId: null,
            securityGroupIds: [],
            volumeIds: [],
            keyName: null,
          },
          unread: ["metadata", "publicIps"],
        },
      ],
      gaps: [
        {
          resourceUid: arn("instance", "i-2"),
          operation: "ec2:DescribeInstances",
          code: "malformed",
          message: "MalformedAnswer: The answer lacks metadata, publicIps.",
        },
      ],
      thrown: null,
      actions: ["DescribeInstances", "DescribeInstances"],
    });
  });

  it("throws when refused", async () => {
    const read = await collect(instances, { DescribeInstances: ec2Failure("UnauthorizedOperation", 403) });
    expect(read).toMatchObject({
      resources: [],
      gaps: [],
      thrown: new ListFailed("ec2:DescribeInstances", {}),
    });
  });

  it("doesn't take an answer without its list for an empty one", async () => {
    const read = await collect(instances, { DescribeInstances: ec2Answer("DescribeInstances", "") });
    expect(read).toMatchObject({
      resources: [],
      thrown: { cause: new MalformedAnswer("The answer has no list of items.") },
    });
  });
});

describe("security groups", () => {
  it("makes one rule of each peer, in EC2's order", async () => {
    const permission = `<item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups><item><userId>${account}</userId><groupId>sg-2</groupId></item></groups>
      <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp><description>from &lt;b&gt;anywhere&lt;/b&gt;</description></item></ipRanges><ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges><prefixListIds><item><prefixListId>pl-1</prefixListId></item></prefixListIds></item>`;
    const all = `<item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/><prefixListIds/></item>`;
    const read = await collect(securityGroups, {
      DescribeSecurityGroups: ec2Answer(
        "DescribeSecurityGroups",
        `<securityGroupInfo><item><ownerId>${account}</ownerId><groupId>sg-1</groupId><groupName>default</groupName><groupDescription>default VPC security group</groupDescription><vpcId>vpc-1</vpcId><ipPermissions>${permission}</ipPermissions><ipPermissionsEgress>${all}</ipPermissionsEgress><tagSet/></item>
         <item><groupId>sg-3</groupId><groupName>odd</groupName></item></securityGroupInfo>`,
      ),
    });
    const tcp22 = { protocol: "tcp", fromPort: 22, toPort: 22, description: null };
    expect(read).toMatchObject({
      thrown: null,
      gaps: [{ resourceUid: arn("security-group", "sg-3"), code: "malformed" }],
    });
    expect(read.resources).toEqual([
      {
        ...place,
        uid: arn("security-group", "sg-1"),
        kind: "aws.ec2.security-group",
        name: "default",
        tags: {},
        config: {
          groupId: "sg-1",
          description: "default VPC security group",
          vpcId: "vpc-1",
          isDefault: true,
          ingress: [
            { ...tcp22, peerType: "ipv4", peer: "0.0.0.0/0", description: "from <b>anywhere</b>" },
            { ...tcp22, peerType: "ipv6", peer: "::/0" },
            { ...tcp22, peerType: "prefix-list", peer: "pl-1" },
            { ...tcp22, peerType: "security-group", peer: "sg-2" },
          ],
          egress: [
            {
              protocol: "-1",
              fromPort: null,
              toPort: null,
              peerType: "ipv4",
              peer: "0.0.0.0/0",
              description: null,
            },
          ],
        },
        unread: [],
      },
      {
        ...place,
        uid: arn("security-group", "sg-3"),
        kind: "aws.ec2.security-group",
        name: "odd",
        tags: {},
        config: { groupId: "sg-3", description: null, vpcId: null, isDefault: false },
        unread: ["ingress", "egress"],
      },
    ]);
  });
});

describe("prefix lists", () => {
  const item = (id: string, owner: string) =>
    `<item><prefixListId>${id}</prefixListId><addressFamily>IPv4</addressFamily><state>create-complete</state><prefixListArn>${arn("prefix-list", id)}</prefixListArn><prefixListName>${id}-name</prefixListName><ownerId>${owner}</ownerId></item>`;
  it("reads the entries of the customer's, and leaves out one deleted meanwhile", async () => {
    const entriesOf = ({ fields }: AwsRequest) =>
      fields.get("PrefixListId") === "pl-1"
        ? ec2Answer(
            "GetManagedPrefixListEntries",
            `<entrySet><item><cidr>10.0.0.0/8</cidr></item></entrySet>`,
          )
        : ec2Failure(
            fields.get("PrefixListId") === "pl-3" ? "InvalidPrefixListID.NotFound" : "UnauthorizedOperation",
          );
    const read = await collect(prefixLists, {
      DescribeManagedPrefixLists: ec2Answer(
        "DescribeManagedPrefixLists",
        `<prefixListSet>${item("pl-1", account)}${item("pl-2", "AWS")}${item("pl-3", account)}${item("pl-4", account)}</prefixListSet>`,
      ),
      GetManagedPrefixListEntries: entriesOf,
    });
    const list = (id: string, managedBy: string, rest: object, unread: string[] = []) => ({
      ...place,
      uid: arn("prefix-list", id),
      kind: "aws.ec2.prefix-list",
      name: `${id}-name`,
      tags: {},
      config: { prefixListId: id, managedBy, addressFamily: "IPv4", ...rest },
      unread,
    });
    expect(read.resources).toEqual([
      list("pl-1", "customer", { entries: ["10.0.0.0/8"] }),
      list("pl-2", "aws", { entries: null }),
      list("pl-4", "customer", {}, ["entries"]),
    ]);
    expect(read).toMatchObject({
      thrown: null,
      gaps: [{ operation: "ec2:GetManagedPrefixListEntries", code: "denied" }],
    });
  });
});

describe("volumes and snapshots", () => {
  it("reads volumes, and leaves absent whether one is encrypted when not told", async () => {
    const item = (id: string, encrypted: string) =>
      `<item><volumeId>${id}</volumeId><size>80</size><snapshotId/><availabilityZone>eu-west-1a</availabilityZone><status>in-use</status><createTime>2013-12-18T22:35:00.000Z</createTime><attachmentSet><item><instanceId>i-1</instanceId></item></attachmentSet><volumeType>gp3</volumeType>${encrypted}</item>`;
    const read = await collect(volumes, {
      DescribeVolumes: ec2Answer(
        "DescribeVolumes",
        `<volumeSet>${item("vol-1", "<encrypted>false</encrypted>")}${item("vol-2", "")}</volumeSet>`,
      ),
    });
    const volume = {
      state: "in-use",
      kmsKeyId: null,
      sizeGib: 80,
      type: "gp3",
      createdAt: "2013-12-18T22:35:00.000Z",
      attachedTo: ["i-1"],
    };
    expect(read.resources).toMatchObject([
      { uid: arn("volume", "vol-1"), config: { ...volume, encrypted: false }, unread: [] },
      { uid: arn("volume", "vol-2"), config: volume, unread: ["encrypted"] },
    ]);
    expect(read.gaps).toMatchObject([{ resourceUid: arn("volume", "vol-2"), code: "malformed" }]);
  });

  const snapshot = (id: string) =>
    `<item><snapshotId>${id}</snapshotId><volumeId>vol-1</volumeId><status>completed</status><startTime>2014-02-28T21:28:32.000Z</startTime><ownerId>${account}</ownerId><volumeSize>8</volumeSize><encrypted>false</encrypted></item>`;
  const describeSnapshots = (publicOnes: string) => (request: { fields: URLSearchParams }) =>
    ec2Answer(
      "DescribeSnapshots",
      `<snapshotSet>${request.fields.has("RestorableBy.1") ? publicOnes : snapshot("snap-1") + snapshot("snap-2")}</snapshotSet>`,
    );

  it("finds public snapshots with one list, and confirms each", async () => {
    const read = await collect(snapshots, {
      DescribeSnapshots: describeSnapshots(snapshot("snap-2")),
      DescribeSnapshotAttribute: ec2Answer(
        "DescribeSnapshotAttribute",
        "<snapshotId>snap-2</snapshotId><createVolumePermission><item><group>all</group></item></createVolumePermission>",
      ),
    });
    expect(read).toMatchObject({
      resources: [
        { uid: arn("snapshot", "snap-1"), config: { isPublic: false, encrypted: false } },
        { uid: arn("snapshot", "snap-2"), config: { isPublic: true, encrypted: false } },
      ],
      gaps: [],
      thrown: null,
    });
    expect(read.actions.sort()).toEqual([
      "DescribeSnapshotAttribute",
      "DescribeSnapshots",
      "DescribeSnapshots",
    ]);
  });

  it("isn't misled by a server that lists all when asked for public ones", async () => {
    const read = await collect(snapshots, {
      DescribeSnapshots: describeSnapshots(snapshot("snap-1") + snapshot("snap-2")),
      DescribeSnapshotAttribute: ec2Answer("DescribeSnapshotAttribute", "<createVolumePermission/>"),
    });
    expect(read.resources.map((found) => found.config.isPublic)).toEqual([false, false]);
  });
});

describe("VPCs", () => {
  const vpc = (id: string) =>
    `<item><vpcId>${id}</vpcId><ownerId>${account}</ownerId><state>available</state><cidrBlock>10.32.0.0/16</cidrBlock><cidrBlockAssociationSet><item><cidrBlock>10.32.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item><item><cidrBlock>10.33.0.0/16</cidrBlock><cidrBlockState><state>disassociated</state></cidrBlockState></item></cidrBlockAssociationSet><isDefault>false</isDefault></item>`;
  const DescribeVpcs = ec2Answer("DescribeVpcs", `<vpcSet>${vpc("vpc-1")}${vpc("vpc-2")}</vpcSet>`);
  const config = {
    isDefault: false,
    state: "available",
    cidr: "10.32.0.0/16",
    cidrs: ["10.32.0.0/16"],
    ipv6Cidrs: [],
  };

  it("joins the flow logs to what they watch", async () => {
    const read = await collect(vpcs, {
      DescribeVpcs,
      DescribeFlowLogs: ec2Answer(
        "DescribeFlowLogs",
        `<flowLogSet><item><flowLogId>fl-1</flowLogId><flowLogStatus>ACTIVE</flowLogStatus><resourceId>vpc-1</resourceId><trafficType>REJECT</trafficType><logDestinationType>cloud-watch-logs</logDestinationType><logGroupName>flows</logGroupName><deliverLogsStatus>SUCCESS</deliverLogsStatus></item></flowLogSet>`,
      ),
    });
    const flowLog = {
      id: "fl-1",
      status: "ACTIVE",
      trafficType: "REJECT",
      destinationType: "cloud-watch-logs",
      destination: "flows",
      deliveryStatus: "SUCCESS",
    };
    expect(read).toMatchObject({
      resources: [
        { uid: arn("vpc", "vpc-1"), config: { ...config, flowLogs: [flowLog] }, unread: [] },
        { uid: arn("vpc", "vpc-2"), config: { ...config, flowLogs: [] }, unread: [] },
      ],
      gaps: [],
      thrown: null,
    });
  });

  it("doesn't say that there are no flow logs when it may not see them", async () => {
    const read = await collect(vpcs, {
      DescribeVpcs,
      DescribeFlowLogs: ec2Failure("UnauthorizedOperation", 403),
    });
    expect(read.resources.map(({ config, unread }) => ({ config, unread }))).toEqual(
      Array(2).fill({ config, unread: ["flowLogs"] }),
    );
    expect(read.gaps).toMatchObject([
      { resourceUid: settingsUid, operation: "ec2:DescribeFlowLogs", code: "denied" },
    ]);
  });
});

describe("network ACLs", () => {
  it("reads the entries of both families", async () => {
    const read = await collect(networkAcls, {
      DescribeNetworkAcls: ec2Answer(
        "DescribeNetworkAcls",
        `<networkAclSet><item><networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId><default>true</default><entrySet><item><ruleNumber>100</ruleNumber><protocol>6</protocol><ruleAction>allow</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock><portRange><from>22</from><to>23</to></portRange></item><item><ruleNumber>32768</ruleNumber><protocol>-1</protocol><ruleAction>deny</ruleAction><egress>true</egress><ipv6CidrBlock>::/0</ipv6CidrBlock></item></entrySet><associationSet><item><subnetId>subnet-1</subnetId></item></associationSet><tagSet/></item></networkAclSet>`,
      ),
    });
    const entries = [
      {
        ruleNumber: 100,
        egress: false,
        action: "allow",
        protocol: "6",
        cidr: "0.0.0.0/0",
        fromPort: 22,
        toPort: 23,
      },
      {
        ruleNumber: 32768,
        egress: true,
        action: "deny",
        protocol: "-1",
        cidr: "::/0",
        fromPort: null,
        toPort: null,
      },
    ];
    expect(read).toMatchObject({
      resources: [
        {
          uid: arn("network-acl", "acl-1"),
          config: { vpcId: "vpc-1", isDefault: true, subnetIds: ["subnet-1"], entries },
          unread: [],
        },
      ],
      gaps: [],
    });
  });
});

describe("a region's settings", () => {
  it("are read, or left absent with a gap each", async () => {
    const read = await collect(ec2Region, {
      GetEbsEncryptionByDefault: ec2Answer(
        "GetEbsEncryptionByDefault",
        "<ebsEncryptionByDefault>false</ebsEncryptionByDefault>",
      ),
      GetEbsDefaultKmsKeyId: ec2Failure("UnauthorizedOperation", 403),
    });
    expect(read).toMatchObject({
      resources: [
        {
          uid: settingsUid,
          name: "eu-west-1",
          config: { ebsEncryptionByDefault: false },
          unread: ["ebsDefaultKmsKeyId"],
        },
      ],
      gaps: [{ resourceUid: settingsUid, operation: "ec2:GetEbsDefaultKmsKeyId", code: "denied" }],
    });
  });
});
