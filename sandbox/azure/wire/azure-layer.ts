/** The Azure side of the sandbox: tells logins, Microsoft Graph and Azure Resource Manager apart, and has faults befall them. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readHeader, type WireRequest } from "#sandbox/aws/wire/http-request.ts";
import { type ArmType, AzureError, type AzureEstate, type GraphRoute } from "#sandbox/azure/model.ts";
import type { CallLog } from "#sandbox/call-log.ts";
import type { Faults, Outage } from "#sandbox/faults.ts";
import { admit, answerArm, checkVersion, notAuthorized, readArmRequest } from "./arm-layer.ts";
import { expiredToken, readBearer } from "./bearer.ts";
import { admitToGraph, answerGraph, insufficient, isGraphPath, readGraphRequest } from "./graph-layer.ts";
import { type JsonAnswer, jsonAnswer } from "./json-answer.ts";
import { answerLogin, loginRefusal, loginRequestOf } from "./login-layer.ts";
import { TokenBook } from "./tokens.ts";

export type AzureLayerOptions = {
  estate: AzureEstate;
  types: readonly ArmType[];
  graphRoutes: readonly GraphRoute[];
  faults: Faults;
  calls: CallLog;
  /** The sandbox's clock. */
  now: () => Date;
};

export class AzureLayer {
  readonly #options: AzureLayerOptions;
  readonly #types: ReadonlyMap<string, ArmType>;
  readonly #tokens = new TokenBook();

  constructor(options: AzureLayerOptions) {
    this.#options = options;
    this.#types = new Map(options.types.map((type) => [type.type.toLowerCase(), type]));
  }

  /** Never rejects: whatever goes wrong is answered in the shape of the part that was asked. */
  async answer(request: WireRequest): Promise<JsonAnswer> {
    const { latencyMs } = this.#options.faults;
    if (latencyMs > 0) await sleep(latencyMs);
    const now = this.#options.now();
    const url = `https://${readHeader(request, "host") ?? "localhost"}`;
    const login = loginRequestOf(request.rawPath);
    const isGraph = isGraphPath(request.rawPath);
    try {
      if (login) return this.#login(request, login, url, now);
      return isGraph ? await this.#graph(request, url, now) : await this.#arm(request, url, now);
    } catch (error) {
      const said = error instanceof AzureError ? error : internal(error);
      const inner = isGraph ? { innerError: { date: now.toISOString(), "request-id": randomUUID() } } : {};
      const body = { error: { code: said.code, message: said.message, ...inner } };
      return jsonAnswer(said.status, request.method === "HEAD" ? undefined : body, said.headers);
    }
  }

  #login(
    request: WireRequest,
    asked: NonNullable<ReturnType<typeof loginRequestOf>>,
    url: string,
    now: Date,
  ): JsonAnswer {
    const { faults, estate } = this.#options;
    const call = {
      account: asked.tenant,
      region: "global",
      accessKeyId: "",
      service: "login",
      operation: asked.what,
    };
    const outage = faults.strike(call, "", false, performance.now());
    if (outage === "throttled") {
      const refused = loginRefusal(429, "temporarily_unavailable", "AADSTS90055", "Too many requests.", now);
      return { ...refused, headers: { ...refused.headers, "retry-after": "0" } };
    }
    if (outage === "internal") {
      return loginRefusal(
        503,
        "temporarily_unavailable",
        "AADSTS90033",
        "A transient error has occurred. Please try again.",
        now,
      );
    }
    return answerLogin(request, asked, { estate, tokens: this.#tokens, url, now });
  }

  async #arm(request: WireRequest, url: string, now: Date): Promise<JsonAnswer> {
    const { estate, faults, calls } = this.#options;
    const armRequest = readArmRequest(request, this.#types);
    const { path, type, permission, operation } = armRequest;
    if (permission !== null) calls.record(permission, operation);
    const bearer = readBearer(request, "resource-manager", this.#tokens, now);
    const { tenant, principal } = bearer;
    const faulted = {
      account: path.subscriptionId ?? tenant.id,
      region: "global",
      accessKeyId: bearer.id,
      service: path.type.split("/")[0] ?? "",
      operation,
    };
    const outage = faults.strike(faulted, permission ?? "", true, performance.now());
    if (outage === "denied") throw notAuthorized(principal, permission ?? "", path);
    if (outage === "expired") throw expiredToken("resource-manager");
    if (outage) throw struck(outage);
    checkVersion(request, type);
    const subscription = admit(armRequest, bearer, estate);
    await faults.beforeHandler?.(faulted, { path: path.id });
    const ifMatch = readHeader(request, "if-match");
    const call = { estate, tenant, subscription, principal, path, query: request.query, ifMatch, now };
    const { status, value, headers } = answerArm(request, armRequest, call, url);
    return jsonAnswer(status, value, headers);
  }

  async #graph(request: WireRequest, url: string, now: Date): Promise<JsonAnswer> {
    const { estate, faults, calls, graphRoutes } = this.#options;
    const graphRequest = readGraphRequest(request, graphRoutes);
    const { permission, operation } = graphRequest;
    calls.record(permission, operation);
    const bearer = readBearer(request, "graph", this.#tokens, now);
    const { tenant, principal } = bearer;
    const faulted = {
      account: tenant.id,
      region: "global",
      accessKeyId: bearer.id,
      service: "graph",
      operation,
    };
    const outage = faults.strike(faulted, permission, true, performance.now());
    if (outage === "denied") throw insufficient();
    if (outage === "expired") throw expiredToken("graph");
    if (outage) throw struck(outage);
    admitToGraph(request, graphRequest, bearer);
    await faults.beforeHandler?.(faulted, { path: graphRequest.path });
    return answerGraph(request, graphRequest, { estate, tenant, principal, now }, url);
  }
}

/** The faults that both parts word alike. */
const struck = (outage: Exclude<Outage, "denied" | "expired">): AzureError =>
  outage === "throttled"
    ? new AzureError(
        429,
        "TooManyRequests",
        "The request is being throttled as the limit has been reached.",
        { "retry-after": "0" },
      )
    : new AzureError(500, "InternalServerError", "Encountered internal server error.");

/** A hook's own mistake, told in full to whoever develops it. */
const internal = (error: unknown): AzureError =>
  new AzureError(
    500,
    "InternalServerError",
    `The sandbox failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
