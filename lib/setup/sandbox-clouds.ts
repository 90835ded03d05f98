import { z } from "zod";
import { StartError } from "../start-error.ts";

const Principal = z.object({ clientId: z.string(), clientSecret: z.string().nullable() });

/** Where the sandbox's clouds are, and what it takes to get into them; its secrets open nothing else. */
const SandboxClouds = z.object({
  azure: z
    .object({
      url: z.string(),
      authorityUrl: z.string(),
      graphUrl: z.string(),
      ca: z.string(),
      tenants: z.array(z.object({ id: z.string(), principals: z.array(Principal) })),
    })
    .optional(),
  gcp: z.object({ url: z.string() }).optional(),
});
export type SandboxClouds = z.infer<typeof SandboxClouds>;

/** Asks the sandbox cloud where its parts are. Throws a StartError when it doesn't answer. */
export async function readSandboxClouds(sandboxUrl: string): Promise<SandboxClouds> {
  const url = new URL("/_sandbox/clouds", sandboxUrl);
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return SandboxClouds.parse(await answer.json());
  } catch (cause) {
    throw new StartError(`The sandbox cloud does not say at ${url.href} where its clouds are.`, { cause });
  }
}
