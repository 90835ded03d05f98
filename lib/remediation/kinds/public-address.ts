import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** A name or address that leads somewhere that requests from here may not be made to reach. */
export class NotPublic extends Error {
  override readonly name = "NotPublic";
}

/** Azure's machines are told their secrets under this address, although its range is a public one. */
const azureWireServer = "168.63.129.16";

/** Whether an address is of the public internet: not of this machine or network, nor one where clouds tell machines secrets. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === "unicast" && parsed.toString() !== azureWireServer;
}

/**
 * Resolves names for a socket, and refuses one that leads anywhere but to the public internet. The socket connects to what
 * was judged, so that another answer a moment later changes nothing.
 */
export function publicLookup(isAllowed: (address: string) => boolean = isPublicAddress): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const refused = addresses.find(({ address }) => !isAllowed(address));
      const [first] = addresses;
      if (refused || !first) {
        return callback(new NotPublic(`${hostname} is at ${refused?.address ?? "no address"}.`), "", 0);
      }
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
