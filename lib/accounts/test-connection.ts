import type { ConnectionTest } from "#db/accounts/schema.ts";
import { DomainError } from "../errors.ts";
import { ListFailed } from "../inventory/answers.ts";
import type { AccountLevel } from "../inventory/collector.ts";
import type { Cloud } from "../inventory/model.ts";
import { type PermissionGroup, readPermissions } from "../roles/permissions.ts";
import { provideSandboxKeys } from "../setup/provide-sandbox-keys.ts";
import { parseConnection } from "./connection.ts";
import { Findings, type Question } from "./probe/model.ts";

/** How long a test may take; what it found by then is told. */
const boundMs = 30_000;

export type TestTarget = {
  cloud: Cloud;
  level: AccountLevel;
  /** The account that must answer; `null` takes whichever the credentials reach. */
  externalId: string | null;
  connection: unknown;
  /** In clear, in this process's memory alone. */
  secrets?: Readonly<Record<string, string>>;
};

/**
 * Reaches an account and finds out whom the credentials speak for and which permissions are missing. Stores nothing and
 * changes nothing. Whatever the provider answers is a result; only a broken connection is thrown, as a DomainError
 * (`invalid_input`).
 *
 * @param options.permissions What the identity must be allowed; what scanning takes when left out.
 */
export async function testConnection(
  target: TestTarget,
  options: { permissions?: readonly PermissionGroup[]; signal?: AbortSignal; boundMs?: number } = {},
): Promise<ConnectionTest> {
  const bound = AbortSignal.timeout(options.boundMs ?? boundMs);
  const signal = options.signal ? AbortSignal.any([options.signal, bound]) : bound;
  const wanted = options.permissions ?? readPermissions(target);
  const findings = new Findings(wanted);
  const { cloud, level, externalId, connection, secrets = {} } = target;
  const probe = await probeOf(cloud, connection);
  const at = new Date().toISOString();
  await provideSandboxKeys();
  const error = await aborting(
    probe.ask({ level, externalId, secrets, wanted, signal }, findings),
    signal,
  ).then(
    () => null,
    (failure: unknown) => {
      options.signal?.throwIfAborted();
      if (bound.aborted) return `The test was ended after ${(options.boundMs ?? boundMs) / 1000} seconds.`;
      return explain(failure, probe.classify, findings);
    },
  );
  const judged = findings.method !== null || findings.missing().length > 0;
  return {
    at,
    reached: findings.reached,
    error,
    method: findings.method,
    missing: findings.missing(),
    // Of an account that nothing was reached of, the whole list would say nothing.
    untold: judged || findings.reached ? findings.untold() : [],
  };
}

/** In plain words, what kept the test from going on. Throws what is no provider's answer. */
function explain(failure: unknown, classify: Classify, findings: Findings): string {
  if (failure instanceof DomainError) return failure.message;
  const [operation, cause] =
    failure instanceof ListFailed ? [failure.operation, failure.cause] : [null, failure];
  if (cause instanceof DomainError) return cause.message;
  const said = classify(cause);
  if (!said) throw failure;
  if (operation !== null && said.code === "denied") findings.lack([operation]);
  return operation === null ? said.message : `${operation}: ${said.message}`;
}

/** Not every client hears of an abort at once. */
async function aborting(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  // What fails after the end is nobody's news any more.
  work.catch(() => undefined);
  try {
    await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

type Classify = (error: unknown) => { code: string; message: string } | null;
type BoundProbe = { ask(question: Question, findings: Findings): Promise<void>; classify: Classify };

/** The clouds' SDKs are large: only the one asked for is loaded. */
async function probeOf(cloud: Cloud, raw: unknown): Promise<BoundProbe> {
  switch (cloud) {
    case "aws": {
      const connection = parseConnection("aws", raw);
      const [{ probeAws }, { classifyAwsError }] = await Promise.all([
        import("./probe/aws.ts"),
        import("../clouds/aws/errors.ts"),
      ]);
      return { ask: (question, found) => probeAws(connection, question, found), classify: classifyAwsError };
    }
    case "azure": {
      const connection = parseConnection("azure", raw);
      const [{ probeAzure }, { classifyAzureError }] = await Promise.all([
        import("./probe/azure.ts"),
        import("../clouds/azure/errors.ts"),
      ]);
      return {
        ask: (question, found) => probeAzure(connection, question, found),
        classify: classifyAzureError,
      };
    }
    case "gcp": {
      const connection = parseConnection("gcp", raw);
      const [{ probeGcp }, { classifyGcpError }] = await Promise.all([
        import("./probe/gcp.ts"),
        import("../clouds/gcp/errors.ts"),
      ]);
      return { ask: (question, found) => probeGcp(connection, question, found), classify: classifyGcpError };
    }
  }
}
