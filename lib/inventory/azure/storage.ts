import type { DeleteRetentionPolicy, NetworkRuleSet, StorageAccount } from "@azure/arm-storage";
import { cut, oneOf, readAndUnread, readPromised, required, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armResource, resourceGroupOf } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { NetworkRules, Retention } from "./storage.kinds.ts";

const readAccounts = "Microsoft.Storage/storageAccounts/read";
const readBlobService = "Microsoft.Storage/storageAccounts/blobServices/read";
const readFileService = "Microsoft.Storage/storageAccounts/fileServices/read";

export const storageAccounts: AzureCollector<"azure.storage.account"> = {
  kind: "azure.storage.account",
  cloud: "azure",
  service: "storage",
  scope: "global",
  permissions: [readAccounts, readBlobService, readFileService],
  collect(context) {
    const { clients, signal } = context;
    const accounts = clients.storage.storageAccounts.list({ abortSignal: signal });
    return context.each(armListing(readAccounts, accounts), (account) => describeAccount(context, account));
  },
};

async function describeAccount(
  context: AzureContext,
  account: StorageAccount,
): Promise<Resource<"azure.storage.account">> {
  const common = armResource(context, account);
  const [promised, blobs, files] = await Promise.all([
    readPromised(context, common.uid, readAccounts, {
      sku: account.sku?.name,
      httpsOnly: account.enableHttpsTrafficOnly,
      networkRules: account.networkRuleSet && networkRulesOf(account.networkRuleSet),
      ...settingsOf(account),
    }),
    readBlobSettings(context, common.uid, account),
    readFileSettings(context, common.uid, account),
  ]);
  const services = readAndUnread({ blobs, files });
  return {
    ...common,
    kind: "azure.storage.account",
    config: {
      accountKind: required(account.kind, "kind"),
      createdAt: timeOf(account.creationTime),
      isHierarchical: account.isHnsEnabled ?? false,
      ...promised.read,
      ...services.read,
    },
    unread: [...promised.unread, ...services.unread],
  };
}

/** What nobody ever set is left out of the answer; only when nothing at all is told of the account, it is unread. */
function settingsOf(account: StorageAccount) {
  const isTold = account.provisioningState !== undefined || account.primaryEndpoints !== undefined;
  const told = <T>(value: T): T | undefined => (isTold ? value : undefined);
  return {
    minTlsVersion: told(account.minimumTlsVersion ?? null),
    blobPublicAccess: told(account.allowBlobPublicAccess ?? null),
    publicNetworkAccess: told(account.publicNetworkAccess ?? null),
    privateEndpoints: told(
      (account.privateEndpointConnections ?? []).map(
        (one) => one.privateLinkServiceConnectionState?.status ?? "Unknown",
      ),
    ),
    sharedKeyAccess: told(account.allowSharedKeyAccess ?? null),
    crossTenantReplication: told(account.allowCrossTenantReplication ?? null),
    defaultToEntra: told(account.defaultToOAuthAuthentication ?? null),
    // A period that was taken away again is answered as 0.
    keyReminderDays: told(account.keyPolicy?.keyExpirationPeriodInDays || null),
    keysCreatedAt: told({
      key1: timeOf(account.keyCreationTime?.key1),
      key2: timeOf(account.keyCreationTime?.key2),
    }),
  };
}

function networkRulesOf(rules: NetworkRuleSet): NetworkRules {
  return {
    defaultAction: oneOf(rules.defaultAction, ["Allow", "Deny"], "defaultAction"),
    // One text holds them all: `Logging, Metrics`.
    bypass: (rules.bypass ?? "")
      .split(",")
      .map((name) => cut(name.trim()))
      .filter((name) => name !== "" && name !== "None"),
    ipRanges: [...(rules.ipRules ?? []), ...(rules.ipv6Rules ?? [])].map((rule) =>
      cut(required(rule.iPAddressOrRange, "ipRules.value")),
    ),
    subnetIds: (rules.virtualNetworkRules ?? []).map((rule) =>
      cut(required(rule.virtualNetworkResourceId, "virtualNetworkRules.id")),
    ),
  };
}

/** Accounts say by their endpoints which services they have. */
const has = (account: StorageAccount, service: "blob" | "file"): boolean =>
  required(account.primaryEndpoints, "primaryEndpoints")[service] !== undefined;

const gone = ["ResourceNotFound", "ResourceGroupNotFound", "ParentResourceNotFound"];

async function readBlobSettings(
  { clients, signal, read }: AzureContext,
  uid: string,
  account: StorageAccount,
) {
  return read(
    uid,
    readBlobService,
    async () => {
      if (!has(account, "blob")) return null;
      const answer = await clients.storage.blobServices.getServiceProperties(
        resourceGroupOf(uid),
        required(account.name, "name"),
        { abortSignal: signal },
      );
      return {
        softDelete: retentionOf(answer.deleteRetentionPolicy),
        containerSoftDelete: retentionOf(answer.containerDeleteRetentionPolicy),
        versioning: answer.isVersioningEnabled ?? false,
      };
    },
    { gone },
  );
}

async function readFileSettings(
  { clients, signal, read }: AzureContext,
  uid: string,
  account: StorageAccount,
) {
  return read(
    uid,
    readFileService,
    async () => {
      if (!has(account, "file")) return null;
      const answer = await clients.storage.fileServices.getServiceProperties(
        resourceGroupOf(uid),
        required(account.name, "name"),
        { abortSignal: signal },
      );
      const smb = answer.protocolSettings?.smb;
      return {
        softDelete: retentionOf(answer.shareDeleteRetentionPolicy),
        smb: { versions: wordsOf(smb?.versions), channelEncryption: wordsOf(smb?.channelEncryption) },
      };
    },
    { gone },
  );
}

/** A policy that was never set deletes at once, as one that is off. */
function retentionOf(policy: DeleteRetentionPolicy | undefined): Retention {
  return policy?.enabled ? { days: required(policy.days, "retention days") } : null;
}

/** `SMB3.0;SMB3.1.1;` as a list; `null` when nothing narrows the choice. */
function wordsOf(text: string | undefined): string[] | null {
  const words = (text ?? "").split(";").map((word) => cut(word.trim()));
  const named = words.filter(Boolean);
  return named.length > 0 ? named : null;
}
