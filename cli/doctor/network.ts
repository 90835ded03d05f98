import type { Env } from "#lib/env.ts";
import { StartError } from "#lib/start-error.ts";
import { checkPort, readPorts } from "../start/ports.ts";
import type { Finding } from "./diagnose.ts";

/** Free, or taken by Parapet itself. */
export async function checkWebPort({ host, port }: Env): Promise<Finding> {
  const name = "Web port";
  try {
    await checkPort(host, port, 0);
    return { name, status: "good", detail: `${port} is free` };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const health = await fetchJson(`http://${host}:${port}/api/health`);
    if (health && "schema" in health) {
      const isWell = health.status === "ok";
      const detail = `Parapet answers on port ${port}${isWell ? "" : ` and is not well: ${JSON.stringify(health)}`}`;
      return {
        name,
        status: isWell ? "good" : "bad",
        detail,
        ...(isWell ? {} : { advice: "See logs/web.log." }),
      };
    }
    const advice = "Stop what listens there, or set PORT to another.";
    return { name, status: "bad", detail: error.message, advice };
  }
}

export async function checkSandbox({ sandbox, sandboxUrl, dataDir }: Env): Promise<Finding> {
  const name = "Sandbox cloud";
  if (!sandbox) return { name, status: "skipped", detail: "off (PARAPET_SANDBOX=off)" };
  const url = sandboxUrl ?? rememberedUrl(dataDir);
  if (!url) return { name, status: "skipped", detail: "starts with `npm start`" };
  const health = await fetchJson(`${url}/_sandbox/health`);
  if (health?.ok === true) return { name, status: "good", detail: `answers at ${url}` };
  return { name, status: "skipped", detail: `does not run; it starts with \`npm start\` (last at ${url})` };
}

function rememberedUrl(dataDir: string): string | null {
  const { aws } = readPorts(dataDir);
  return aws === undefined ? null : `http://127.0.0.1:${aws}`;
}

async function fetchJson(url: string): Promise<Record<string, unknown> | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null ? { ...body } : null;
  } catch {
    // Nothing there, or nothing of ours.
    return null;
  }
}
