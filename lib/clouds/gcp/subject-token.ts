import { constants, open } from "node:fs/promises";
import { CredentialsUnavailable, classifyGcpError, ownWords } from "./errors.ts";
import type { HttpPool } from "./http.ts";
import type { WorkloadIdentityConfiguration } from "./workload-identity-configuration.ts";

type Source = WorkloadIdentityConfiguration["credential_source"];
type AwsSource = Extract<Source, { environment_id: string }>;
type Format = Extract<Source, { file: string }>["format"];

/** Tokens of large Kubernetes clusters and of Azure end at some 4 kB. */
const longestToken = 32 * 1024;
/** A file or answer that holds one as JSON. */
const longestText = 2 * longestToken;

/**
 * The token by which this machine proves who it is: out of a file, from a URL, or a request to AWS signed with the
 * machine's role. Where it is looked for is what somebody entered in a form, so nothing of what is found there is ever
 * told, and what is no token goes nowhere.
 */
export async function subjectTokenOf(
  configuration: WorkloadIdentityConfiguration,
  pool: HttpPool,
): Promise<string> {
  const { credential_source: source, ...rest } = configuration;
  if ("environment_id" in source) return signedByAws({ ...rest, credential_source: source });
  const [text, where] =
    "file" in source
      ? [await readFileText(source.file), "The subject token's file"]
      : [await fetchText(source, pool), "The answer of the subject token's address"];
  return tokenIn(text, source.format, where, configuration.subject_token_type);
}

async function readFileText(path: string): Promise<string> {
  try {
    // Opening a pipe would wait until somebody writes to it.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!(await file.stat()).isFile())
      throw new CredentialsUnavailable("The subject token's file is no file.");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestText + 1), 0, longestText + 1, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    if (error instanceof CredentialsUnavailable) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new CredentialsUnavailable(`The subject token's file can't be read (${code}).`, { cause: error });
  }
}

async function fetchText(
  { url, headers = {} }: Extract<Source, { url: string; headers?: unknown }>,
  pool: HttpPool,
): Promise<string> {
  const { status, body } = await pool.send({ method: "GET", url: new URL(url), headers });
  if (status === 200) return body;
  throw new CredentialsUnavailable(`The subject token's address answered with status ${status}.`);
}

function tokenIn(text: string, format: Format, where: string, type: string): string {
  const token =
    format?.type === "json" ? fieldOf(text, format.subject_token_field_name ?? "", where) : text.trim();
  // Assertions in Base64 may be broken into lines; no other token has anything but visible characters.
  const isToken = type.endsWith(":saml2") ? /^[\x21-\x7e\r\n]+$/ : /^[\x21-\x7e]+$/;
  if (token.length <= longestToken && isToken.test(token)) return token;
  throw new CredentialsUnavailable(`${where} holds no token.`);
}

function fieldOf(text: string, field: string, where: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own words quote what it read.
    throw new CredentialsUnavailable(`${where} holds no JSON.`);
  }
  const found: unknown =
    typeof value === "object" && value !== null && Object.hasOwn(value, field)
      ? Reflect.get(value, field)
      : undefined;
  if (typeof found === "string") return found;
  throw new CredentialsUnavailable(`${where} has no text called ${field}.`);
}

async function signedByAws(
  configuration: Omit<WorkloadIdentityConfiguration, "credential_source"> & { credential_source: AwsSource },
): Promise<string> {
  const { AwsClient } = await import("google-auth-library");
  try {
    return await new AwsClient(configuration).retrieveSubjectToken();
  } catch (error) {
    const status: unknown = Reflect.get(Object(Reflect.get(Object(error), "response")), "status");
    if (typeof status === "number") {
      // Whatever answered there, its words are not Google's.
      throw new CredentialsUnavailable(`The metadata service answered with status ${status}.`);
    }
    if (classifyGcpError(error) !== null) throw error;
    throw new CredentialsUnavailable(ownWords(error), { cause: error });
  }
}
