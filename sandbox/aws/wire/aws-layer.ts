/** The AWS side of the sandbox: one request in, one response out, by way of signature, faults, codec and handler. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AwsError, type AwsEstate, type Call, type Service } from "#sandbox/aws/model.ts";
import type { CallLog } from "#sandbox/call-log.ts";
import type { FaultedCall, Faults, Outage } from "#sandbox/faults.ts";
import { readPlainBody } from "./aws-chunked.ts";
import type { OperationCodec, WireResponse } from "./codec.ts";
import type { FormNode } from "./codec-query.ts";
import { type CompiledService, compileService } from "./compile-service.ts";
import type { Protocol } from "./describe-service.ts";
import { FrontError, type FrontFault, toAwsError } from "./error-codes.ts";
import { readHeader, type WireRequest } from "./http-request.ts";
import { nameAction } from "./iam-actions.ts";
import {
  pickService,
  type Resolution,
  readSpeech,
  resolveOperation,
  type Speech,
  settleProtocol,
} from "./resolve-operation.ts";
import { type Claim, readClaim, verifySignature } from "./sigv4.ts";
import { writeError } from "./write-error.ts";

export type AwsLayerOptions = {
  estate: AwsEstate;
  services: readonly Service[];
  faults: Faults;
  calls: CallLog;
  /** The sandbox's clock. */
  now: () => Date;
};

const faultByOutage: Record<Outage, FrontFault> = {
  denied: "access-denied",
  throttled: "throttled",
  internal: "internal",
  expired: "expired-token",
};

export class AwsLayer {
  readonly #options: AwsLayerOptions;
  readonly #services = new Map<string, CompiledService[]>();

  constructor(options: AwsLayerOptions) {
    this.#options = options;
    for (const service of options.services) {
      const compiled = compileService(service);
      this.#services.set(service.signingName, [...(this.#services.get(service.signingName) ?? []), compiled]);
    }
  }

  /** Never throws: whatever goes wrong is answered in the shape of the protocol that the request speaks. */
  async answer(request: WireRequest): Promise<WireResponse> {
    const requestId = randomUUID();
    const { latencyMs } = this.#options.faults;
    if (latencyMs > 0) await sleep(latencyMs);
    let speech: Speech = { protocol: "rest", operationName: undefined, form: null };
    let service: CompiledService | undefined;
    let response: WireResponse;
    try {
      speech = readSpeech(request);
      const claim = readClaim(request);
      const candidates = this.#services.get(claim.signingName) ?? [];
      service = pickService(candidates, request);
      if (!service)
        throw new FrontError("unknown-operation", `The sandbox has no service ${claim.signingName}.`);
      const resolution = resolveOperation(request, speech, service);
      response = await this.#run(request, claim, resolution, settleProtocol(speech, service), requestId);
    } catch (error) {
      const protocol = settleProtocol(speech, service);
      response = writeError(this.#explain(error, protocol, service), {
        protocol,
        service: service?.description,
        requestId,
        resource: request.rawPath,
        hasBody: request.method !== "HEAD",
        wantsQueryCode: readHeader(request, "x-amzn-query-mode") === "true",
      });
    }
    return addRequestId(response, request, service, requestId);
  }

  async #run(
    request: WireRequest,
    claim: Claim,
    { service, operation, labels, form }: Resolution,
    protocol: Protocol,
    requestId: string,
  ): Promise<WireResponse> {
    const { estate, faults } = this.#options;
    const now = this.#options.now();
    const serviceName = service.description.name;
    const action = nameAction(serviceName, service.signingName, operation.name);
    this.#options.calls.record(action, `${serviceName}:${operation.name}`);
    const principal = verifySignature(request, claim, estate, now);
    const faulted: FaultedCall = {
      account: principal.account,
      region: claim.region,
      accessKeyId: claim.accessKeyId,
      service: serviceName,
      operation: operation.name,
    };
    if (estate.accounts.get(principal.account)?.disabledRegions.includes(claim.region)) {
      throw new FrontError("region-disabled");
    }
    const outage = faults.strike(faulted, action, claim.sessionToken !== undefined, performance.now());
    if (outage === "denied") throw denied(principal.arn, action);
    if (outage) throw new FrontError(faultByOutage[outage]);
    if (!operation.handler) {
      throw new FrontError("no-handler", `The sandbox does not implement ${serviceName}:${operation.name}.`);
    }
    const codec = operation.codec(protocol);
    const input = readInput(codec, request, labels, form);
    const missing = operation.findMissing(input);
    if (missing) throw new FrontError("missing-member", describeMissing(missing, protocol));
    await faults.beforeHandler?.(faulted, input);
    const { account } = principal;
    const denies = (asked: string) => faults.denies(faulted, asked);
    const call: Call = { principal, account, region: claim.region, estate, now, denies };
    const output = await operation.handler(input as never, call);
    return codec.writeOutput(output, requestId);
  }

  #explain(error: unknown, protocol: Protocol, service: CompiledService | undefined): AwsError {
    if (error instanceof AwsError) return error;
    const known = new Set(service?.description.errors.keys());
    if (error instanceof FrontError) return toAwsError(error, protocol, known);
    // A handler's own mistake, told in full to whoever develops it.
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return toAwsError(new FrontError("internal", `The sandbox failed: ${message}`), protocol, known);
  }
}

/** Whatever a reader cannot make sense of is the client's mistake. */
function readInput(
  codec: OperationCodec,
  request: WireRequest,
  labels: Map<string, string>,
  form: FormNode | null,
) {
  try {
    return codec.readInput({ request, body: readPlainBody(request), labels, form });
  } catch (error) {
    throw new FrontError("malformed-input", error instanceof Error ? error.message : String(error));
  }
}

function denied(arn: string, action: string): FrontError {
  return new FrontError(
    "access-denied",
    `User: ${arn} is not authorized to perform: ${action} with an explicit deny`,
  );
}

function describeMissing(path: string, protocol: Protocol): string {
  if (protocol === "ec2") return `The request must contain the parameter ${path}`;
  return `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`;
}

function addRequestId(
  response: WireResponse,
  request: WireRequest,
  service: CompiledService | undefined,
  requestId: string,
): WireResponse {
  if (service?.description.protocol === "rest-xml") {
    response.headers["x-amz-request-id"] = requestId;
    response.headers["x-amz-id-2"] = requestId;
  } else response.headers["x-amzn-requestid"] = requestId;
  // A client may talk JSON 1.0 or 1.1 to the same service, and is answered as it asked.
  const asked = readHeader(request, "content-type");
  if (asked?.startsWith("application/x-amz-json-")) response.headers["content-type"] = asked;
  return response;
}
