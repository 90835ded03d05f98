/** A key as it is written in PARAPET_SECRET_KEYS. */
export type SecretKeyText = { id: string; base64: string };

/** What a list must look like; never quotes what was given. */
export class MalformedKeyList extends Error {
  override readonly name = "MalformedKeyList";
}

/** Parses `id:base64,id:base64`. Throws MalformedKeyList, whose message goes after the variable's name. */
export function parseSecretKeys(text: string): readonly SecretKeyText[] {
  const keys = text
    .split(/[,\s]+/)
    .filter(Boolean)
    .map((part, index) => parseKey(part, index + 1));
  if (keys.length === 0) throw new MalformedKeyList("must hold at least one key");
  const twice = keys.find((key, index) => keys.findIndex((other) => other.id === key.id) !== index);
  if (twice) throw new MalformedKeyList(`names the key ${twice.id} twice`);
  return keys;
}

function parseKey(part: string, position: number): SecretKeyText {
  const [, id, base64] = /^([A-Za-z0-9._-]{1,40}):(.+)$/.exec(part) ?? [];
  if (id === undefined || base64 === undefined) {
    throw new MalformedKeyList(
      `must be a list of id:key such as 2026:$(openssl rand -base64 32), newest first; entry ${position} is not`,
    );
  }
  const bytes = Buffer.from(base64, "base64");
  // Node's decoder skips what is no Base64: only what encodes to the same text was all of it.
  if (bytes.length !== 32 || bytes.toString("base64").replace(/=+$/, "") !== base64.replace(/=+$/, "")) {
    throw new MalformedKeyList(
      `must hold keys of 32 bytes in Base64 (openssl rand -base64 32); key ${id} is not one`,
    );
  }
  return { id, base64 };
}
