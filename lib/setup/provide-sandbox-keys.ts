import { trustEmulators } from "../accounts/trusted-emulators.ts";
import { provideEmulatorKeys } from "../clouds/aws/session.ts";
import { provideEmulatorCredentials } from "../clouds/gcp/session.ts";
import { env } from "../env.ts";
import { readSandboxClouds } from "./sandbox-clouds.ts";

let provided: Promise<void> | null = null;

/**
 * Lets this process reach the sandbox cloud's AWS and Google Cloud from its well-known keys, which open nothing else; no
 * account of the outside world is ever reached with them. Does nothing outside sandbox mode, and nothing twice.
 */
export function provideSandboxKeys(): Promise<void> {
  const { sandbox, sandboxUrl } = env();
  if (!sandbox || !sandboxUrl) return Promise.resolve();
  provided ??= provideKeysOf(sandboxUrl).catch(() => {
    // The sandbox cloud is not up yet; calls to it fail and say so, and the next use asks again.
    provided = null;
  });
  return provided;
}

/** As `provideSandboxKeys`, for a sandbox cloud that is known to be wanted. Throws a StartError when it doesn't answer. */
export async function provideKeysOf(sandboxUrl: string): Promise<void> {
  const [{ acmeHub }, { acmeGcpHub }] = await Promise.all([
    import("#sandbox/estates/acme/company.ts"),
    import("#sandbox/estates/acme/gcp/company.ts"),
  ]);
  const { azure, gcp } = await readSandboxClouds(sandboxUrl);
  const azureUrls = azure ? [azure.url, azure.authorityUrl, azure.graphUrl] : [];
  trustEmulators([sandboxUrl, ...azureUrls, ...(gcp ? [gcp.url] : [])]);
  provideEmulatorKeys(sandboxUrl, acmeHub);
  if (gcp) provideEmulatorCredentials(gcp.url, acmeGcpHub);
}
