import { AwsError } from "../../model.ts";

/** A policy document as IAM answers with it: URL-encoded after RFC 3986. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The document of a request, refused when it isn't a policy. */
export function readDocument(document: string | undefined): string {
  try {
    const parsed: unknown = JSON.parse(document ?? "");
    if (typeof parsed === "object" && parsed !== null && "Statement" in parsed) return document ?? "";
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new AwsError("MalformedPolicyDocument", "Syntax errors in policy.", 400);
}
