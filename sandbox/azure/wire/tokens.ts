import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import type { ServicePrincipal, Tenant } from "#sandbox/azure/model.ts";

export type Audience = "resource-manager" | "graph";

/** Whom a bearer token speaks for. */
export type Bearer = {
  tenant: Tenant;
  principal: ServicePrincipal;
  audience: Audience;
  expiresAt: Date;
  /** The token's own id, by which faults tell sessions apart. */
  id: string;
};

/** As Microsoft Entra: an hour and a little. */
const lifetimeMs = 3_900_000;

/** The resources that tokens are asked for, by address; those of the national clouds as well. */
const audiences: Record<string, Audience> = {
  "https://management.azure.com": "resource-manager",
  "https://management.core.windows.net": "resource-manager",
  "https://management.usgovcloudapi.net": "resource-manager",
  "https://management.core.usgovcloudapi.net": "resource-manager",
  "https://management.chinacloudapi.cn": "resource-manager",
  "https://management.core.chinacloudapi.cn": "resource-manager",
  "https://graph.microsoft.com": "graph",
  "https://graph.microsoft.us": "graph",
  "https://microsoftgraph.chinacloudapi.cn": "graph",
};

/** What a scope such as `https://graph.microsoft.com/.default` asks for; `null` for nothing that is here. */
export function audienceOf(scope: string): { address: string; audience: Audience } | null {
  const address = scope.replace(/\/+\.default$/, "");
  const audience = scope.endsWith("/.default") ? audiences[address] : undefined;
  return audience ? { address, audience } : null;
}

/** Issues tokens, and knows those that it issued. */
export class TokenBook {
  readonly #tokens = new Map<string, Bearer>();
  #keys: { privateKey: KeyObject; publicKey: KeyObject } | null = null;

  issue(
    tenant: Tenant,
    principal: ServicePrincipal,
    asked: { address: string; audience: Audience },
    issuerUrl: string,
    now: Date,
  ): { token: string; expiresInSeconds: number } {
    const expiresAt = new Date(now.getTime() + lifetimeMs);
    const id = randomUUID();
    const seconds = Math.floor(now.getTime() / 1000);
    const token = this.#sign({
      aud: asked.address,
      iss: `${issuerUrl}/${tenant.id}/`,
      iat: seconds,
      nbf: seconds,
      exp: Math.floor(expiresAt.getTime() / 1000),
      appid: principal.appId,
      app_displayname: principal.displayName,
      idtyp: "app",
      oid: principal.objectId,
      sub: principal.objectId,
      tid: tenant.id,
      uti: id,
      ver: "1.0",
      ...(asked.audience === "graph" ? { roles: principal.graphPermissions } : {}),
    });
    this.#forgetExpired(now);
    this.#tokens.set(token, { tenant, principal, audience: asked.audience, expiresAt, id });
    return { token, expiresInSeconds: lifetimeMs / 1000 };
  }

  find(token: string): Bearer | null {
    return this.#tokens.get(token) ?? null;
  }

  /** The public key that tokens are signed for, as the discovery document's `jwks_uri` tells it. */
  publicKeys(): object {
    const key = this.#keyPair().publicKey.export({ format: "jwk" });
    return { keys: [{ ...key, use: "sig", kid: this.#keyId() }] };
  }

  #sign(claims: object): string {
    const head = encode({ typ: "JWT", alg: "RS256", kid: this.#keyId() });
    const body = `${head}.${encode(claims)}`;
    return `${body}.${sign("sha256", Buffer.from(body), this.#keyPair().privateKey).toString("base64url")}`;
  }

  #keyPair() {
    this.#keys ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
    return this.#keys;
  }

  #keyId(): string {
    const der = this.#keyPair().publicKey.export({ format: "der", type: "spki" });
    return createHash("sha256").update(der).digest("base64url").slice(0, 27);
  }

  #forgetExpired(now: Date): void {
    for (const [token, bearer] of this.#tokens) if (bearer.expiresAt <= now) this.#tokens.delete(token);
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
