/** The sandbox cloud: local HTTP servers that speak the clouds' own wire protocols over stateful estates. */
import type { IncomingMessage } from "node:http";
import type { AwsEstate, Service } from "./aws/model.ts";
import { AwsLayer } from "./aws/wire/aws-layer.ts";
import type { WireResponse } from "./aws/wire/codec.ts";
import type { AzureEstate } from "./azure/model.ts";
import { type AzureAddress, openAzure } from "./azure/open.ts";
import { CallLog } from "./call-log.ts";
import type { Certificate } from "./certificate.ts";
import { type FaultSettings, Faults } from "./faults.ts";
import { gcpApis } from "./gcp/apis.ts";
import type { GcpEstate } from "./gcp/model.ts";
import { GcpLayer } from "./gcp/wire/gcp-layer.ts";
import { type Listening, listen } from "./listen.ts";

export type SandboxOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Loopback by default, and it should stay there: the estate's keys open everything in it. */
  host?: string;
  estate: AwsEstate;
  services: readonly Service[];
  /** Azure, over TLS on a port of its own; not there when left out. */
  azure?: AzureEstate;
  /** 0, the default, takes any free port. */
  azurePort?: number;
  /** What Azure's port shows; one of its own when left out. */
  azureCertificate?: Certificate;
  /** Google Cloud, on a port of its own; not there when left out. */
  gcp?: GcpEstate;
  /** 0, the default, takes any free port. */
  gcpPort?: number;
  faults?: Partial<FaultSettings>;
  /** The clock by which signatures, tokens and sessions are judged. */
  now?: () => Date;
};

export type Sandbox = {
  url: string;
  port: number;
  estate: AwsEstate;
  /** Where Google Cloud answers: an API's host is the first step of the path. `null` when there is none. */
  gcp: { url: string; port: number; estate: GcpEstate } | null;
  /** Where Azure answers. `null` when there is none. */
  azure: AzureAddress | null;
  /** The same for all clouds; may be changed at any time. */
  faults: Faults;
  /** What has been called so far, of all clouds. */
  calls: CallLog;
  close: () => Promise<void>;
};

export const healthPath = "/_sandbox/health";
/** Tells where the clouds are, for setting up accounts. */
export const cloudsPath = "/_sandbox/clouds";

/** Rejects with the system's error (`EADDRINUSE`) when the port can't be had. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = "127.0.0.1", port = 0, estate, services, now = () => new Date() } = options;
  const faults = new Faults(options.faults);
  const calls = new CallLog();
  const open: Listening[] = [];
  const aws = new AwsLayer({ estate, services, faults, calls, now });
  const clouds: Record<string, object> = {};
  const answerItself = (message: IncomingMessage): WireResponse | null => {
    if (message.method !== "GET") return null;
    if (message.url === healthPath) return json({ ok: true });
    return message.url === cloudsPath ? json(clouds) : null;
  };
  const main = await listen({
    host,
    port,
    faults,
    answer: (request) => aws.answer(request),
    answerItself,
  });
  open.push(main);
  clouds.aws = { url: main.url };
  let gcp: Sandbox["gcp"] = null;
  if (options.gcp) {
    const layer = new GcpLayer({ estate: options.gcp, apis: gcpApis, faults, calls, now });
    const listening = await listen({
      host,
      port: options.gcpPort ?? 0,
      faults,
      answer: (request) => layer.answer(request),
    });
    open.push(listening);
    gcp = { url: listening.url, port: listening.port, estate: options.gcp };
    clouds.gcp = { url: gcp.url };
  }
  let azure: Sandbox["azure"] = null;
  if (options.azure) {
    const opened = await openAzure({
      host,
      port: options.azurePort ?? 0,
      estate: options.azure,
      certificate: options.azureCertificate,
      faults,
      calls,
      now,
    });
    open.push(opened.listening);
    azure = opened.address;
    clouds.azure = opened.describe();
  }
  return {
    url: main.url,
    port: main.port,
    estate,
    azure,
    gcp,
    faults,
    calls,
    close: async () => {
      await Promise.all(open.map((one) => one.close()));
    },
  };
}

const json = (value: object): WireResponse => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
