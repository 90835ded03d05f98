import type { GcpClients } from "#lib/clouds/gcp/clients.ts";
import { openGcpSession, provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import type { ReachableAccount } from "#lib/clouds/session.ts";
import type { Kind } from "#lib/inventory/model.ts";
import { type AcmeProject, acmeGcpHub, acmeProjects, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import type { Target } from "../model.ts";
import { accessOf } from "../operation.ts";

/** Acme's Google side in a sandbox of its own, by the identities that fixes are made with. */
export type TestProjects = {
  sandbox: Sandbox;
  analytics: TestProject;
  learning: TestProject;
  close(): Promise<void>;
};

export type TestProject = {
  id: string;
  number: string;
  /** As the identity that writes reaches it. */
  account: ReachableAccount;
  clients: GcpClients;
  target(kind: Kind, uid: string, name: string, region?: string): Target;
};

export async function startTestProjects(): Promise<TestProjects> {
  const aws = { credentials: new Map(), accounts: new Map() };
  const sandbox = await startSandbox({ estate: aws, services: [], gcp: buildAcmeGcp() });
  const endpointUrl = sandbox.gcp?.url ?? "";
  provideEmulatorCredentials(endpointUrl, acmeGcpHub);
  const closing: (() => void)[] = [];
  const project = async ({ id, number, remediator }: AcmeProject): Promise<TestProject> => {
    const account: ReachableAccount = {
      cloud: "gcp",
      externalId: id,
      connection: { type: "impersonate", serviceAccount: remediator, endpointUrl },
    };
    const session = openGcpSession(account);
    closing.push(() => session.close());
    const access = accessOf("gcp", await session.access(new AbortController().signal));
    return {
      id,
      number,
      account,
      clients: access.clients,
      target: (kind, uid, name, region = "global") => ({
        uid,
        kind,
        cloud: "gcp",
        account: id,
        region,
        name,
      }),
    };
  };
  const [analytics, learning] = await Promise.all([project(acmeProjects[0]), project(acmeProjects[1])]);
  return {
    sandbox,
    analytics,
    learning,
    close: async () => {
      for (const each of closing) each();
      await sandbox.close();
    },
  };
}
