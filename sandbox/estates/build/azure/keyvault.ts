import type { ArmResource } from "#sandbox/azure/model.ts";
import { daysAgo, type Tags } from "../site.ts";
import { type AzureSite, addChild, addResource, armId } from "./site.ts";

export type NewVault = {
  name: string;
  tags?: Tags;
  privateEndpoint?: boolean;
  /** What differs from the vault that Acme's templates make. */
  properties?: Record<string, unknown>;
};

/** A key vault as Acme's templates make it, except for what is said. */
export function addVault(
  site: AzureSite,
  { name, tags = {}, privateEndpoint, properties }: NewVault,
): ArmResource {
  const id = armId(site, "Microsoft.KeyVault/vaults", name);
  const connection = {
    id: `${id}/privateEndpointConnections/${name}.pe`,
    properties: {
      privateEndpoint: { id: armId(site, "Microsoft.Network/privateEndpoints", `pe-${name}`) },
      privateLinkServiceConnectionState: { status: "Approved", actionsRequired: "None" },
      provisioningState: "Succeeded",
    },
  };
  return addResource(site, "Microsoft.KeyVault/vaults", {
    name,
    tags,
    properties: {
      tenantId: site.tenant.id,
      sku: { family: "A", name: "standard" },
      accessPolicies: [],
      enabledForDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      vaultUri: `https://${name}.vault.azure.net/`,
      publicNetworkAccess: "Disabled",
      networkAcls: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [], virtualNetworkRules: [] },
      ...(privateEndpoint === false ? {} : { privateEndpointConnections: [connection] }),
      ...properties,
    },
  });
}

export type NewContent = {
  name: string;
  createdDaysAgo?: number;
  /** Days from when the estate is looked at; left out: it never expires. */
  expiresInDays?: number;
  enabled?: boolean;
};

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);

function attributesOf(site: AzureSite, { createdDaysAgo = 60, expiresInDays, enabled = true }: NewContent) {
  const created = seconds(daysAgo(site, createdDaysAgo));
  return {
    enabled,
    created,
    updated: created,
    ...(expiresInDays === undefined ? {} : { exp: seconds(daysAgo(site, -expiresInDays)) }),
  };
}

/** A key; with `rotatesAfter` (an ISO 8601 duration such as `P90D`) one that is renewed by itself. */
export function addKey(
  site: AzureSite,
  vault: ArmResource,
  key: NewContent & { kty?: string; rotatesAfter?: string },
): void {
  const uri = `${vault.properties.vaultUri}keys/${key.name}`;
  const policy = key.rotatesAfter && {
    attributes: { expiryTime: "P1Y" },
    lifetimeActions: [
      { trigger: { timeAfterCreate: key.rotatesAfter }, action: { type: "rotate" } },
      { trigger: { timeBeforeExpiry: "P30D" }, action: { type: "notify" } },
    ],
  };
  addChild(site, vault.id, `keys/${key.name}`, {
    location: site.location,
    properties: {
      attributes: { ...attributesOf(site, key), recoveryLevel: "Recoverable", exportable: false },
      kty: key.kty ?? "RSA",
      keyOps: ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
      keySize: 3072,
      keyUri: uri,
      keyUriWithVersion: `${uri}/${site.random.hex(32)}`,
      ...(policy ? { rotationPolicy: policy } : {}),
    },
  });
}

/** A secret, of which only what is written on it is told. */
export function addSecret(
  site: AzureSite,
  vault: ArmResource,
  secret: NewContent & { contentType?: string; validDays?: number },
): void {
  const uri = `${vault.properties.vaultUri}secrets/${secret.name}`;
  const attributes = attributesOf(site, secret);
  const validity = secret.validDays && {
    nbf: attributes.created,
    exp: attributes.created + secret.validDays * 86_400,
  };
  addChild(site, vault.id, `secrets/${secret.name}`, {
    location: site.location,
    properties: {
      attributes: { ...attributes, ...validity },
      ...(secret.contentType ? { contentType: secret.contentType } : {}),
      secretUri: uri,
      secretUriWithVersion: `${uri}/${site.random.hex(32)}`,
    },
  });
}
