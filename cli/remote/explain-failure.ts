/** Why a server could not be reached, and what to do about it. */
export function explainFailure(url: string, error: unknown): string {
  const lead = `${url} can't be reached`;
  const name = error instanceof Error ? error.name : "";
  if (name === "TimeoutError" || name === "AbortError")
    return `${lead}: it didn't answer in time. Try again.`;
  const code = codeOf(error);
  if (code === null) return `${lead}.`;
  const meaning = meanings[code];
  if (meaning) return `${lead}: ${meaning}`;
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code);
  return isTls
    ? `${lead}: its certificate can't be trusted (${code}). If it is your organisation's own, name the authority's certificate in NODE_EXTRA_CA_CERTS.`
    : `${lead}: ${code}.`;
}

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Is the server running, and is PARAPET_URL right?",
  ENOTFOUND: "there is no such host. Is PARAPET_URL right?",
  EAI_AGAIN: "its name can't be looked up just now.",
  ECONNRESET: "the connection was cut. Is it http where PARAPET_URL says https?",
  ETIMEDOUT: "the connection took too long.",
  UND_ERR_CONNECT_TIMEOUT: "the connection took too long.",
  CERT_HAS_EXPIRED: "its certificate has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name.",
  ERR_SSL_WRONG_VERSION_NUMBER: "it doesn't speak TLS. Is it http where PARAPET_URL says https?",
  EPROTO: "it doesn't speak TLS. Is it http where PARAPET_URL says https?",
};

/** The first code in a chain of causes; `fetch` puts the reason there. */
function codeOf(error: unknown): string | null {
  let each = error;
  for (let depth = 0; depth < 5 && each instanceof Error; depth++) {
    if ("code" in each && typeof each.code === "string") return each.code;
    if (each instanceof AggregateError && each.errors.length > 0) each = each.errors[0];
    else each = each.cause;
  }
  return null;
}
