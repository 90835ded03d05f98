/** The longest message that is kept. */
const maxLength = 500;

/** No more than this of what a provider said is looked at: its refusals are sentences. */
const maxLookedAt = 8_000;

/** Names whose values are secrets, in forms, addresses, headers, connection strings and JSON. */
const secretNames = [
  "access_token",
  "refresh_token",
  "id_token",
  "subject_token",
  "actor_token",
  "assertion",
  "client_assertion",
  "client_secret",
  "clientSecret",
  "secret_access_key",
  "SecretAccessKey",
  "SessionToken",
  "security-token",
  "signature",
  "sig",
  "credential",
  "password",
  "passwd",
  "pwd",
  "api[_-]?key",
  "AccountKey",
  "SharedAccessKey",
  "private_key",
  "key",
].join("|");

const secrets: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [\s\S]*?(-----END [A-Z0-9 ]+-----|$)/g, "…"],
  [/\beyJ[\w-]+(\.[\w-]*){0,4}/g, "eyJ…"],
  [/\bya29\.[\w.-]+/g, "ya29.…"],
  [/\b1\/\/[\w-]{10,}/g, "1//…"],
  [/\b(A[KS]IA)[A-Z0-9]{8,}\b/g, "$1…"],
  // `name=value` as it is, and `"name": "value"`, also with its quotes escaped.
  [new RegExp(`\\b((?:x-amz-|aws_)?(?:${secretNames}))=[^&\\s;,"']+`, "gi"), "$1=…"],
  [new RegExp(`((?:x-amz-|aws_)?\\b(?:${secretNames})\\\\?"\\s*:\\s*\\\\?")[^"\\\\]+`, "gi"), "$1…"],
  [/\b(cookie|x-amz-security-token|x-api-key|x-goog-api-key)(\s*:\s*)\S+/gi, "$1$2…"],
  [/\b(authorization\s*:\s*)(?!Bearer\b|Basic\b|AWS4-)\S+/gi, "$1…"],
  [/\b(Bearer)\s+\S+/gi, "$1 …"],
  [/\b(Basic|SharedKey|SharedKeyLite|Negotiate)\s+[A-Za-z0-9+/=:_-]{20,}/g, "$1 …"],
  [/(:\/\/)[^\s/@:]*:[^\s/@]+@/g, "$1…@"],
  // Keys in Base64 end in padding; what has none has to be longer than any id to be taken for one.
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={1,2}/g, "…"],
  [/[A-Za-z0-9+/=_~-]{100,}/g, "…"],
];

/**
 * What a provider, or whoever answered in its place, said of an error, fit to be stored and shown: after the provider's
 * name for it, on one line, at most 500 characters, without tokens, keys, signatures or assertions, and without characters
 * that move a terminal's cursor or turn a line around.
 *
 * @param name The provider's name for the error, such as `AccessDenied`; not said twice.
 */
export function safeWords(name: string, said: string): string {
  const words = withoutSecrets(said);
  const kind = withoutSecrets(name);
  const message = !words ? kind : words.startsWith(kind) ? words : `${kind}: ${words}`;
  return (message.length > maxLength ? `${message.slice(0, maxLength - 1)}…` : message).toWellFormed();
}

function withoutSecrets(text: string): string {
  // A word cut in two could be half a token, which nothing would know for one any more.
  const looked = text.length > maxLookedAt ? text.slice(0, maxLookedAt).replace(/\S*$/, "…") : text;
  return secrets
    .reduce((words, [pattern, instead]) => words.replace(pattern, instead), looked)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .trim();
}
