import { CreateFileSystemCommand, type CreateFileSystemCommandInput } from "@aws-sdk/client-efs";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { homeRegion, made, type Site } from "./site.ts";

/** EFS file systems, encrypted and not, in two regions. */
export async function makeFileSystems(site: Site): Promise<void> {
  const create = async (name: string, region: string, input: Partial<CreateFileSystemCommandInput>) => {
    const { FileSystemArn } = await site.clients(region).efs.send(
      new CreateFileSystemCommand({
        CreationToken: name,
        Tags: [{ Key: "Name", Value: name }],
        ...input,
      }),
    );
    site.name(name, made(FileSystemArn, "file system"));
  };
  await create("encrypted-files", homeRegion, { Encrypted: true });
  await create("plain-files", homeRegion, { Encrypted: false });
  await create("files-as-made", "us-east-1", {});
  const { KeyMetadata } = await site.clients().kms.send(new CreateKeyCommand({ Description: "files" }));
  await create("files-under-own-key", homeRegion, {
    Encrypted: true,
    KmsKeyId: made(KeyMetadata?.Arn, "key"),
  });
}
