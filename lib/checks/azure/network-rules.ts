import ipaddr from "ipaddr.js";

/**
 * Whether nobody comes in from public networks; `undefined` when that was not read. A network security perimeter says
 * itself who comes in; a setting that was never made leaves the way open.
 */
export const isClosedToPublic = (publicNetworkAccess: string | null | undefined): boolean | undefined =>
  publicNetworkAccess === undefined
    ? undefined
    : /^(disabled|securedbyperimeter)$/i.test(publicNetworkAccess ?? "");

/** Whether an address or range of a firewall holds a large part of the internet: half of it, or all. */
export function isEverywhere(range: string): boolean {
  if (!ipaddr.isValidCIDR(range)) return false;
  const [address, bits] = ipaddr.parseCIDR(range);
  return address.kind() === "ipv4" ? bits <= 1 : bits <= 4;
}
