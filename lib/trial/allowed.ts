import { databaseUrl, env, isLoopback } from "../env.ts";

/**
 * Why this deployment can't run a sandbox cloud beside its own accounts, in plain words; null when it can. The sandbox
 * answers on the loopback interface of one machine, so every worker that might read it has to be on that machine: sure
 * only where the database, too, is reached by loopback.
 */
export function whyNoTrial(): string | null {
  if (env().sandbox) return "This installation is the sandbox already.";
  const { hostname } = new URL(databaseUrl());
  // Without a host it is a socket of this machine.
  if (hostname === "" || isLoopback(hostname.replace(/^\[|\]$/g, ""))) return null;
  return "Parapet's database is on another machine, so its workers may be on several, and the sandbox answers on one alone. To try it, start a second Parapet anywhere with PARAPET_SANDBOX=on.";
}
