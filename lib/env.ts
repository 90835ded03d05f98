import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type OidcSettings, readOidcSettings } from "./auth/oidc/settings.ts";
import { embeddedUrl } from "./postgres/state.ts";
import { parseSecretKeys, type SecretKeyText } from "./secrets/key-list.ts";
import { StartError } from "./start-error.ts";
import { parseWebhookSecrets, type WebhookSecret } from "./webhook-secrets.ts";

const wholeNumber = (lowest: number, highest: number) =>
  z.coerce
    .number(`must be a whole number from ${lowest} to ${highest}`)
    .int(`must be a whole number from ${lowest} to ${highest}`)
    .min(lowest, `must be a whole number from ${lowest} to ${highest}`)
    .max(highest, `must be a whole number from ${lowest} to ${highest}`);

const urlOf = (schemes: string[], example: string) =>
  z.string().refine((value) => schemes.includes(schemeOf(value)), `must be a URL such as ${example}`);

const keyList = z.string().transform((text, context) => {
  try {
    return parseSecretKeys(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "is not a list of keys";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
});

const webhookSecrets = z.string().transform((text, context) => {
  const parsed = parseWebhookSecrets(text);
  if (parsed) return parsed;
  context.addIssue({
    code: "custom",
    message: "must be name:whsec_…, several with a comma between, each of 24 to 64 bytes in Base64",
  });
  return z.NEVER;
});

const onOff = z.enum(["on", "off"], "must be on or off").transform((value) => value === "on");

/** Every variable that Parapet reads. Those of the clouds' SDKs (AWS_PROFILE and the like) are theirs alone. */
export const variables = z.object({
  DATABASE_URL: urlOf(["postgres:", "postgresql:"], "postgres://user:password@host:5432/parapet").optional(),
  DATABASE_URL_TEST: urlOf(
    ["postgres:", "postgresql:"],
    "postgres://user:password@host:5432/postgres",
  ).optional(),
  PORT: wholeNumber(1, 65_535).default(3000),
  PARAPET_HOST: z.string().default("127.0.0.1"),
  PARAPET_DATA_DIR: z.string().default(".data"),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  AUTH_URL: urlOf(["http:", "https:"], "https://parapet.example.com").optional(),
  PARAPET_SECRET_KEYS: keyList.optional(),
  PARAPET_AUDIT_KEYS: keyList.optional(),
  PARAPET_AUDIT_ANCHORS: z.string().trim().optional(),
  PARAPET_AUDIT_ARCHIVE: z.string().trim().optional(),
  DATABASE_OWNER_URL: urlOf(
    ["postgres:", "postgresql:"],
    "postgres://owner:password@host:5432/parapet",
  ).optional(),
  PARAPET_SANDBOX: onOff.default(true),
  PARAPET_SANDBOX_SCALE: wholeNumber(1, 1_000).default(1),
  PARAPET_SANDBOX_URL: urlOf(["http:"], "http://127.0.0.1:4566").optional(),
  PARAPET_OIDC_ISSUER: urlOf(["http:", "https:"], "https://login.example.com")
    .refine(isPrivateRoute, "must begin with https, unless the provider is on this machine")
    .optional(),
  PARAPET_OIDC_CLIENT_ID: z.string().optional(),
  PARAPET_OIDC_CLIENT_SECRET: z.string().optional(),
  PARAPET_OIDC_ROLES: z.string().optional(),
  PARAPET_OIDC_ROLE_CLAIM: z.string().trim().default("groups"),
  PARAPET_OIDC_SCOPES: z.string().default("openid email profile"),
  PARAPET_OIDC_NAME: z.string().trim().max(40, "must have at most 40 characters").default("single sign-on"),
  PARAPET_OIDC_LINK_BY_EMAIL: onOff.default(false),
  PARAPET_API_RATE: wholeNumber(1, 1_000_000).default(600),
  PARAPET_URL: urlOf(["http:", "https:"], "https://parapet.example.com")
    .refine(
      isPrivateRoute,
      "must begin with https, unless the server is on this machine: it is sent the token",
    )
    .optional(),
  PARAPET_TOKEN: z.string().trim().optional(),
  PARAPET_IMPORT_MAX_MB: wholeNumber(1, 4_096).default(512),
  PARAPET_SMTP_URL: urlOf(["smtp:", "smtps:"], "smtps://user:password@mail.example.com")
    .refine(hasHost, "must name the mail server's host")
    .optional(),
  PARAPET_MAIL_FROM: z
    .string()
    .trim()
    .regex(
      /^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/,
      "must be an e-mail address, such as Parapet <parapet@example.com>",
    )
    .optional(),
  PARAPET_SCRIPTS: z.string().trim().optional(),
  PARAPET_WEBHOOK_SECRETS: webhookSecrets.optional(),
  PARAPET_DEBUG: onOff.default(false),
});

export type Env = {
  /** A PostgreSQL of the operator's own; the embedded one when absent. */
  databaseUrl: string | undefined;
  /** A PostgreSQL for tests, whose user may create databases. */
  testDatabaseUrl: string | undefined;
  port: number;
  /** The address the web server listens on. */
  host: string;
  /** Absolute. */
  dataDir: string;
  /** As given; `authSecret()` also knows the sandbox's generated one. */
  authSecret: string | undefined;
  /** As given, newest first; `secretKeyring()` also knows the sandbox's generated one. */
  secretKeys: readonly SecretKeyText[] | undefined;
  /** As given, newest first; `auditKeyring()` also knows the generated one. */
  auditKeys: readonly SecretKeyText[] | undefined;
  /** Where checkpoints are anchored, as given; a file in the data directory when absent. */
  auditAnchors: string | undefined;
  /** The folder of archived entries. Absolute. */
  auditArchive: string;
  /** Who owns the tables, when it is another than the one that Parapet works as. */
  databaseOwnerUrl: string | undefined;
  /** Where browsers find the web server, without a slash at the end. */
  authUrl: string;
  /** Personas, sandbox cloud, loopback only. */
  sandbox: boolean;
  sandboxScale: number;
  /** Where the sandbox cloud listens; given to the processes that the supervisor starts. */
  sandboxUrl: string | undefined;
  /** Sign-in through an OpenID Connect provider, when there is one; the sandbox has its own people. */
  oidc: OidcSettings | undefined;
  /** Requests that an API token may make in a minute. */
  apiRate: number;
  /** The server that the command line works against instead of its own database; its URL has no slash at the end. */
  remote: { url: string; token: string } | undefined;
  /** Megabytes that an imported report may have, unpacked. */
  importMaxMb: number;
  /** Where e-mail goes out, when there is somewhere; the URL may hold a user and a password. */
  mail: { url: string; from: string } | undefined;
  /** The file that lists what playbooks may have run; nothing may be when absent. Absolute. */
  scripts: string | undefined;
  /** What webhooks of playbooks are signed with, by name; of several by one name, the newest first. */
  webhookSecrets: readonly WebhookSecret[];
  debug: boolean;
};

/** Reads the environment. Throws a StartError with one line per variable that won't do. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  // An empty variable, as a copied .env.example has it, is one that was not set.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new StartError(
      parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`).join("\n"),
    );
  }
  const { data } = parsed;
  if (data.PARAPET_SANDBOX && !isLoopback(data.PARAPET_HOST)) {
    throw new StartError(
      "PARAPET_HOST must be a loopback address in sandbox mode, where anyone may sign in: set PARAPET_SANDBOX=off as well.",
    );
  }
  return {
    databaseUrl: data.DATABASE_URL,
    testDatabaseUrl: data.DATABASE_URL_TEST,
    port: data.PORT,
    host: data.PARAPET_HOST,
    dataDir: resolve(data.PARAPET_DATA_DIR),
    authSecret: data.AUTH_SECRET,
    secretKeys: data.PARAPET_SECRET_KEYS,
    auditKeys: data.PARAPET_AUDIT_KEYS,
    auditAnchors: data.PARAPET_AUDIT_ANCHORS,
    auditArchive: resolve(data.PARAPET_AUDIT_ARCHIVE ?? join(data.PARAPET_DATA_DIR, "audit-archive")),
    databaseOwnerUrl: data.DATABASE_OWNER_URL,
    authUrl: (data.AUTH_URL ?? `http://localhost:${data.PORT}`).replace(/\/+$/, ""),
    sandbox: data.PARAPET_SANDBOX,
    sandboxScale: data.PARAPET_SANDBOX_SCALE,
    sandboxUrl: data.PARAPET_SANDBOX_URL,
    oidc: readOidcSettings(data),
    apiRate: data.PARAPET_API_RATE,
    remote: readRemote(data),
    importMaxMb: data.PARAPET_IMPORT_MAX_MB,
    mail: readMail(data),
    scripts: data.PARAPET_SCRIPTS === undefined ? undefined : resolve(data.PARAPET_SCRIPTS),
    webhookSecrets: data.PARAPET_WEBHOOK_SECRETS ?? [],
    debug: data.PARAPET_DEBUG,
  };
}

function readRemote(data: { PARAPET_URL?: string; PARAPET_TOKEN?: string }): Env["remote"] {
  const { PARAPET_URL: url, PARAPET_TOKEN: token } = data;
  if (url === undefined && token === undefined) return undefined;
  if (url === undefined || token === undefined) {
    const lacking = url === undefined ? "PARAPET_URL" : "PARAPET_TOKEN";
    throw new StartError(`${lacking} must be set, too: PARAPET_URL and PARAPET_TOKEN go together.`);
  }
  return { url: url.replace(/\/+$/, ""), token };
}

function readMail(data: { PARAPET_SMTP_URL?: string; PARAPET_MAIL_FROM?: string }): Env["mail"] {
  const { PARAPET_SMTP_URL: url, PARAPET_MAIL_FROM: from } = data;
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined || from === undefined) {
    const lacking = url === undefined ? "PARAPET_SMTP_URL" : "PARAPET_MAIL_FROM";
    throw new StartError(`${lacking} must be set, too: PARAPET_SMTP_URL and PARAPET_MAIL_FROM go together.`);
  }
  return { url, from };
}

let parsedEnv: Env | undefined;

/** This process's environment, read at the first call; `.env` in the working directory fills in what is not set. */
export function env(): Env {
  if (!parsedEnv) {
    if (existsSync(".env")) process.loadEnvFile(".env");
    parsedEnv = parseEnv(process.env);
  }
  return parsedEnv;
}

/** DATABASE_URL, or the embedded PostgreSQL that `npm start` runs. Throws a StartError when there is neither. */
export function databaseUrl(): string {
  const { databaseUrl, dataDir } = env();
  const url = databaseUrl ?? embeddedUrl(dataDir);
  if (!url) throw new StartError(`No database yet in ${dataDir}: run \`npm start\`, or set DATABASE_URL.`);
  return url;
}

/** The named variables of this process's environment that are set, for a child that shall inherit no more. */
export function pickEnvironment(...names: string[]): NodeJS.ProcessEnv {
  // Next.js's types ask every environment for NODE_ENV; a child that is not Node.js needs none.
  const picked = {} as NodeJS.ProcessEnv;
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

/** This process's whole environment, for a child of our own. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether nobody between here and there can read along: over TLS, or without leaving this machine. */
function isPrivateRoute(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || isLoopback(hostname.replace(/^\[|\]$/g, ""));
}

function hasHost(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname !== "";
}

function schemeOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : "";
}
