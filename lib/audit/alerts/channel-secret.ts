import { secretKeyring } from "../../secrets/keys.ts";
import { type SecretPlace, seal, unseal } from "../../secrets/seal.ts";
import { requireSealingKey } from "../streams/stream-secret.ts";
import type { Sealed } from "./model.ts";

/** Whose secret it is, which it is sealed for: of one channel of one rule. */
export type ChannelPlace = { organisationId: string; ruleId: string; channelId: string };

export const channelPlaceOf = ({ organisationId, ruleId, channelId }: ChannelPlace): SecretPlace => ({
  organisationId,
  owner: { kind: "alert-rule", id: ruleId },
  identity: "write",
  name: channelId,
});

/** Seals what is secret of a channel. Throws a DomainError (`unavailable`) when there is no key to seal with. */
export function sealChannel(place: ChannelPlace, text: string): Sealed {
  const key = requireSealingKey();
  return { sealed: Buffer.from(seal(text, channelPlaceOf(place), key)).toString("base64"), keyId: key.id };
}

/** Opens what `sealChannel` sealed. Throws a DomainError (`unavailable`). */
export const openChannel = (place: ChannelPlace, { sealed, keyId }: Sealed): string =>
  unseal(Buffer.from(sealed, "base64"), channelPlaceOf(place), keyId, secretKeyring());
