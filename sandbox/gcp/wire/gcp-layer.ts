/** The Google side of the sandbox: one request in, one response out, by way of token, project, faults and route. */
import { setTimeout as sleep } from "node:timers/promises";
import type { WireResponse } from "#sandbox/aws/wire/codec.ts";
import type { WireRequest } from "#sandbox/aws/wire/http-request.ts";
import type { CallLog } from "#sandbox/call-log.ts";
import type { FaultedCall, Faults, Outage } from "#sandbox/faults.ts";
import {
  type GcpApi,
  GcpError,
  type GcpEstate,
  type GcpIdentity,
  type GcpProject,
  type GcpRequest,
  type HttpMethod,
} from "../model.ts";
import { isAllowed } from "./access.ts";
import { accessDenied, outageError, serviceDisabled, unauthenticated } from "./front-errors.ts";
import { answerOAuth, bearerOf, impersonate } from "./oauth.ts";
import { RouteTable } from "./routes.ts";
import { TokenStore } from "./tokens.ts";
import { writeError } from "./write-error.ts";

export type GcpLayerOptions = {
  estate: GcpEstate;
  apis: readonly GcpApi[];
  faults: Faults;
  calls: CallLog;
  /** The sandbox's clock. */
  now: () => Date;
};

const impersonation = /^\/v1\/projects\/-\/serviceAccounts\/([^/:]+):generateAccessToken$/;

export class GcpLayer {
  readonly #options: GcpLayerOptions;
  readonly #apis = new Map<string, { api: GcpApi; routes: RouteTable }>();
  readonly #tokens = new TokenStore();

  constructor(options: GcpLayerOptions) {
    this.#options = options;
    for (const api of options.apis) {
      if (this.#apis.has(api.host)) throw new Error(`There are two APIs at ${api.host}.`);
      this.#apis.set(api.host, { api, routes: new RouteTable(api) });
    }
  }

  /** Never throws: whatever goes wrong is answered in the shape of the API that was asked. */
  async answer(request: WireRequest): Promise<WireResponse> {
    const { latencyMs } = this.#options.faults;
    if (latencyMs > 0) await sleep(latencyMs);
    const [, host = "", path = "/"] = /^\/([^/]+)(\/.*)?$/.exec(request.rawPath) ?? [];
    const style = this.#apis.get(host)?.api.errors ?? "rpc";
    try {
      const outcome = await this.#run(host, path, request);
      if ("status" in outcome) return outcome;
      return {
        status: 200,
        headers: { "content-type": "application/json; charset=UTF-8", vary: "X-Origin" },
        body: JSON.stringify(outcome.json),
      };
    } catch (error) {
      if (error instanceof GcpError) return writeError(error, style);
      // A handler's own mistake, told in full to whoever develops it.
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return writeError(new GcpError("INTERNAL", `The sandbox failed: ${message}`), style);
    }
  }

  async #run(host: string, path: string, request: WireRequest): Promise<WireResponse | { json: object }> {
    const { estate, calls } = this.#options;
    const now = this.#options.now();
    const context = { estate, tokens: this.#tokens, now };
    const service = host.slice(0, host.indexOf("."));
    if (host === "oauth2.googleapis.com" || host === "sts.googleapis.com") {
      calls.record([], `${host}:${request.method} ${path}`);
      const call = { account: "", region: "global", accessKeyId: "", service, operation: path };
      this.#strike({ call, permissions: [], title: host, email: "" });
      const answer = answerOAuth(host, path, request, context);
      if (answer) return answer;
      throw new GcpError("NOT_FOUND", `The sandbox has nothing at ${host}${path}.`);
    }
    const email = impersonation.exec(decodeURIComponent(path))?.[1];
    if (host === "iamcredentials.googleapis.com" && email && request.method === "POST") {
      calls.record("iam.serviceAccounts.getAccessToken", `${host}:POST :generateAccessToken`);
      const { identity, token } = this.#identify(request, now);
      const account = estate.identities.get(email)?.projectId ?? "";
      const call = {
        account,
        region: "global",
        accessKeyId: token,
        service,
        operation: "generateAccessToken",
      };
      const permissions = ["iam.serviceAccounts.getAccessToken"];
      this.#strike({ call, permissions, title: host, email: identity.email });
      const answer = impersonate(context, identity, email, readBody(request));
      if (answer) return { json: answer };
      throw accessDenied("rpc", "iam.serviceAccounts.getAccessToken", host, identity.email, email);
    }
    return { json: await this.#callApi(host, path, request, now) };
  }

  async #callApi(host: string, path: string, request: WireRequest, now: Date): Promise<object> {
    const { estate, faults, calls } = this.#options;
    const known = this.#apis.get(host);
    if (!known) throw new GcpError("NOT_FOUND", `The sandbox has no API at ${host}.`);
    const { api, routes } = known;
    const matched = routes.find(request.method, path);
    if (!matched)
      throw new GcpError("NOT_FOUND", `The sandbox has no method ${request.method} ${host}${path}.`);
    const { route, labels } = matched;
    const pending: GcpRequest = {
      estate,
      method: request.method as HttpMethod,
      path: decodeURIComponent(path),
      labels,
      query: new URLSearchParams(request.rawQuery),
      ifMatch: request.headers["if-match"] ?? null,
      body: readBody(request),
    };
    const permissions =
      typeof route.permissions === "function" ? route.permissions(pending) : route.permissions;
    const operation = `${host}:${route.method} ${route.path}`;
    calls.record([...permissions, ...(route.filteredBy ?? [])], operation);
    const { identity, token } = this.#identify(request, now);
    const project = findProject(estate, route.project ? route.project(pending, identity) : labels.project);
    const call: FaultedCall = {
      account: project?.id ?? "",
      region: "global",
      accessKeyId: token,
      service: host.slice(0, host.indexOf(".")),
      operation,
    };
    this.#strike({ call, permissions, title: api.title, email: identity.email, style: api.errors });
    if (!project) {
      throw accessDenied(
        api.errors,
        permissions[0] ?? "resourcemanager.projects.get",
        host,
        identity.email,
        "?",
      );
    }
    this.#refuseDisabled(api, identity, project);
    const lacking = permissions.find((permission) => !isAllowed(project, identity, permission));
    if (lacking !== undefined || (permissions.length === 0 && !project.access.has(identity.email))) {
      const permission = lacking ?? "resourcemanager.projects.get";
      throw accessDenied(api.errors, permission, host, identity.email, `projects/${project.id}`);
    }
    await faults.beforeHandler?.(call, { ...pending.body, ...labels });
    const baseUrl = `http://${request.headers.host ?? "sandbox"}/${host}`;
    const may = (permission: string) =>
      isAllowed(project, identity, permission) && !faults.denies(call, permission);
    return route.handler({ ...pending, identity, project, may, now, baseUrl });
  }

  #identify(request: WireRequest, now: Date): { identity: GcpIdentity; token: string } {
    const token = bearerOf(request);
    const found = token === undefined ? null : this.#tokens.find(token, now);
    const identity = found && this.#options.estate.identities.get(found.email);
    if (!identity || token === undefined) throw unauthenticated(token !== undefined);
    return { identity, token };
  }

  /** Calls are counted against the project that a service account lives in: that has to use the API, too. */
  #refuseDisabled(api: GcpApi, identity: GcpIdentity, project: GcpProject): void {
    if (api.alwaysOn) return;
    const consumer = this.#options.estate.projects.get(identity.projectId ?? "");
    for (const one of consumer ? [consumer, project] : [project]) {
      if (!one.enabledApis.has(api.host)) throw serviceDisabled(api, one);
    }
  }

  #strike(struck: {
    call: FaultedCall;
    permissions: readonly string[];
    title: string;
    email: string;
    style?: GcpApi["errors"];
  }): void {
    const { call, permissions, email, style = "rpc" } = struck;
    const { faults } = this.#options;
    const isTemporary = call.accessKeyId !== "";
    const [first = call.operation, ...others] = permissions;
    const outage: Outage | null = faults.strike(call, first, isTemporary, performance.now());
    const denied = outage === "denied" ? first : others.find((permission) => faults.denies(call, permission));
    if (denied !== undefined)
      throw accessDenied(style, denied, call.service, email, `projects/${call.account}`);
    if (outage) throw outageError(outage, style, struck.title);
  }
}

function findProject(estate: GcpEstate, idOrNumber: string | undefined): GcpProject | undefined {
  const byId = estate.projects.get(idOrNumber ?? "");
  if (byId) return byId;
  for (const project of estate.projects.values()) if (project.number === idOrNumber) return project;
  return undefined;
}

function readBody(request: WireRequest): Record<string, unknown> {
  const text = request.body.toString();
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return Object.fromEntries(Object.entries(value));
    }
  } catch {
    // Said below, as for any other body that is no JSON object.
  }
  throw new GcpError("INVALID_ARGUMENT", "Invalid JSON payload received.", { reason: "parseError" });
}
