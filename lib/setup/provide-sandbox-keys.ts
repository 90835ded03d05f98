import { z } from "zod";
import { provideEmulatorKeys } from "../clouds/aws/session.ts";
import { provideEmulatorCredentials } from "../clouds/gcp/session.ts";
import { env } from "../env.ts";

const Clouds = z.object({ gcp: z.object({ url: z.url() }).optional() });

let provided: Promise<void> | null = null;

/**
 * Lets this process reach the sandbox cloud's AWS and Google Cloud from its well-known keys, which open nothing else; no
 * account of the outside world is ever reached with them. Does nothing outside sandbox mode, and nothing twice.
 */
export function provideSandboxKeys(): Promise<void> {
  const { sandbox, sandboxUrl } = env();
  if (!sandbox || !sandboxUrl) return Promise.resolve();
  provided ??= provide(sandboxUrl).catch(() => {
    // The sandbox cloud is not up yet; calls to it fail and say so, and the next use asks again.
    provided = null;
  });
  return provided;
}

async function provide(sandboxUrl: string): Promise<void> {
  const [{ acmeHub }, { acmeGcpHub }] = await Promise.all([
    import("#sandbox/estates/acme/company.ts"),
    import("#sandbox/estates/acme/gcp/company.ts"),
  ]);
  provideEmulatorKeys(sandboxUrl, acmeHub);
  const answer = await fetch(new URL("/_sandbox/clouds", sandboxUrl), { signal: AbortSignal.timeout(5_000) });
  const { gcp } = Clouds.parse(await answer.json());
  if (gcp) provideEmulatorCredentials(gcp.url, acmeGcpHub);
}
