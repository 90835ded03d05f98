import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** Key vaults with what Azure Resource Manager tells of their keys and secrets. */
export const keyVaultTypes: readonly ArmType[] = [
  {
    type: "Microsoft.KeyVault/vaults",
    write: writeVault,
  },
  {
    type: "Microsoft.KeyVault/vaults/keys",
    madeStatus: 200,
    // A list leaves out what only the key itself tells.
    showInList: (key) => ({ ...key, properties: pick(key.properties, ["attributes", "keyUri"]) }),
    write: (next, previous, call) => writeContent(next, previous, call, { kty: "RSA", keySize: 2048 }),
  },
  {
    type: "Microsoft.KeyVault/vaults/secrets",
    show: hideValue,
    write: (next, previous, call) => writeContent(next, previous, call, {}),
  },
];

function writeVault(next: ArmResource, previous: ArmResource | null, { tenant }: ArmCall): ArmResource {
  if (previous?.properties.enablePurgeProtection === true && next.properties.enablePurgeProtection !== true) {
    throw new AzureError(
      400,
      "BadRequest",
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  }
  const properties = {
    tenantId: tenant.id,
    sku: { family: "A", name: "standard" },
    accessPolicies: [],
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    vaultUri: `https://${next.name}.vault.azure.net/`,
    publicNetworkAccess: "Enabled",
    ...next.properties,
  };
  return { ...next, properties };
}

function writeContent(
  next: ArmResource,
  previous: ArmResource | null,
  { now }: ArmCall,
  defaults: Record<string, unknown>,
): ArmResource {
  const seconds = Math.floor(now.getTime() / 1000);
  const before = Object(previous?.properties.attributes);
  const attributes = {
    enabled: true,
    created: before.created ?? seconds,
    recoveryLevel: "Recoverable+Purgeable",
    ...Object(next.properties.attributes),
    updated: seconds,
  };
  return { ...next, properties: { ...defaults, ...next.properties, attributes } };
}

/** Azure Resource Manager takes a secret's value and never gives it back. */
function hideValue(secret: ArmResource): ArmResource {
  const { value: _value, ...properties } = secret.properties;
  return { ...secret, properties };
}

const pick = (from: Record<string, unknown>, names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
