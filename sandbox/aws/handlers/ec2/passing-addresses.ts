import { randomInt } from "node:crypto";
import type { InstanceState } from "./state.ts";

/** An instance that stops gives up its public addresses, elastic ones apart. */
export function takeAddresses(found: InstanceState): void {
  const { instance } = found;
  for (const card of instance.NetworkInterfaces ?? []) {
    if (card.Association?.IpOwnerId !== "amazon") continue;
    if (instance.PublicIpAddress === card.Association.PublicIp) instance.PublicIpAddress = undefined;
    card.Association = undefined;
    if (card.Attachment?.DeviceIndex === 0) found.awaitsAddress = true;
  }
}

/** Another address, at the first interface, for an instance that had one before it was stopped. */
export function giveAddresses(found: InstanceState): void {
  const card = found.instance.NetworkInterfaces?.find(({ Attachment }) => Attachment?.DeviceIndex === 0);
  if (!found.awaitsAddress || !card) return;
  // Of a range that is kept for documentation.
  const PublicIp = `203.0.113.${randomInt(1, 255)}`;
  card.Association = { IpOwnerId: "amazon", PublicIp };
  found.instance.PublicIpAddress = PublicIp;
  found.awaitsAddress = false;
}
