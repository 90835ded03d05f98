import { classifyGcpError } from "#lib/clouds/gcp/errors.ts";
import { type GcpSession, openGcpSession } from "#lib/clouds/gcp/session.ts";
import type { Connection } from "../connection.ts";
import type { Findings, Question } from "./model.ts";

/** Asks Google Cloud which of the permissions the caller has on the project (testIamPermissions). */
export async function probeGcp(
  connection: Connection["gcp"],
  { externalId, signal }: Question,
  findings: Findings,
): Promise<void> {
  const session = openGcpSession({ cloud: "gcp", externalId, connection });
  try {
    const { principal, project } = await session.whoIs(signal);
    findings.reached = { identity: principal, externalId: project.id, accountName: project.name };
    await testAll(session, findings.permissions, findings, signal);
    findings.method = "exact";
  } finally {
    session.close();
  }
}

/** One permission that no project can have makes Google refuse the whole question; halving finds it. */
async function testAll(
  session: GcpSession,
  permissions: readonly string[],
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  if (permissions.length === 0) return;
  try {
    const missing = new Set(await session.missing([...permissions], signal));
    findings.lack(missing);
    findings.hold(permissions.filter((permission) => !missing.has(permission)));
  } catch (error) {
    if (signal.aborted || classifyGcpError(error)?.name !== "INVALID_ARGUMENT") throw error;
    if (permissions.length === 1) return;
    const middle = Math.ceil(permissions.length / 2);
    await testAll(session, permissions.slice(0, middle), findings, signal);
    await testAll(session, permissions.slice(middle), findings, signal);
  }
}
