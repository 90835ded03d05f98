import { isServiceDisabled } from "#lib/clouds/gcp/errors.ts";
import { cut, namingFailures, required } from "../answers.ts";
import type { FirewallTraffic } from "./compute.kinds.ts";

/** The most that Compute Engine's lists take. */
export const maxResults = 500;

/**
 * A resource's full name out of any of the URLs that stand for it, such as `https://www.googleapis.com/compute/v1/projects/…`
 * or `projects/…` alone.
 */
export const fullName = (url: string): string =>
  `//compute.googleapis.com/${cut(url.slice(Math.max(0, url.search(/\bprojects\//))))}`;

export const fullNames = (urls: readonly string[] | null | undefined): string[] => (urls ?? []).map(fullName);

/** Text that may be left out. */
export const textOrNull = (text: string | null | undefined): string | null => (text ? cut(text) : null);

export const texts = (list: readonly string[] | null | undefined): string[] => (list ?? []).map(cut);

/** The protocols of a firewall rule, which VPC rules and policies spell differently. */
export const trafficOf = (
  parts: readonly { protocol: string | null | undefined; ports: string[] | null | undefined }[],
): FirewallTraffic[] =>
  parts.map(({ protocol, ports }) => ({
    protocol: cut(required(protocol, "protocol")),
    ports: texts(ports),
  }));

/**
 * Makes one call that a whole kind depends on.
 *
 * @returns `null` when the project doesn't use the API: nothing of the kind can exist then.
 */
export async function callUnlessDisabled<T>(operation: string, call: () => Promise<T>): Promise<T | null> {
  try {
    return await namingFailures(operation, call);
  } catch (error) {
    if (isServiceDisabled(error)) return null;
    throw error;
  }
}
