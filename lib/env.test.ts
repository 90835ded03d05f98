import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { isLoopback, parseEnv, variables } from "./env.ts";
import { StartError } from "./start-error.ts";

const root = resolve(import.meta.dirname, "..");

function failureOf(source: Record<string, string>): unknown {
  try {
    return parseEnv(source);
  } catch (error) {
    return error;
  }
}

describe("parseEnv", () => {
  it("suits a trial on one machine when nothing is set", () => {
    expect(parseEnv({})).toEqual({
      databaseUrl: undefined,
      testDatabaseUrl: undefined,
      port: 3000,
      host: "127.0.0.1",
      dataDir: resolve(".data"),
      authSecret: undefined,
      secretKeys: undefined,
      auditKeys: undefined,
      auditAnchors: undefined,
      auditArchive: resolve(".data", "audit-archive"),
      databaseOwnerUrl: undefined,
      authUrl: "http://localhost:3000",
      sandbox: true,
      sandboxScale: 1,
      sandboxUrl: undefined,
      oidc: undefined,
      apiRate: 600,
      remote: undefined,
      importMaxMb: 512,
      mail: undefined,
      scripts: undefined,
      webhookSecrets: [],
      debug: false,
    });
  });

  it("takes secrets for webhooks by name, and quotes none that won't do", () => {
    const key = Buffer.alloc(32, 1).toString("base64");
    const older = Buffer.alloc(24, 2).toString("base64");
    const PARAPET_WEBHOOK_SECRETS = `tickets:whsec_${key}, tickets:whsec_${older}`;
    expect(parseEnv({ PARAPET_WEBHOOK_SECRETS }).webhookSecrets).toEqual([
      { name: "tickets", base64: key },
      { name: "tickets", base64: older },
    ]);
    for (const given of ["tickets", `tickets:${key}`, "tickets:whsec_c2hvcnQ=", `Tickets!:whsec_${key}`]) {
      expect(failureOf({ PARAPET_WEBHOOK_SECRETS: given })).toEqual(
        new StartError(
          "PARAPET_WEBHOOK_SECRETS must be name:whsec_…, several with a comma between, each of 24 to 64 bytes in Base64.",
        ),
      );
    }
  });

  it("takes a mail server with whom e-mail comes from, or neither", () => {
    const given = {
      PARAPET_SMTP_URL: "smtps://u:p%40ss@mail.example.com",
      PARAPET_MAIL_FROM: "Parapet <parapet@example.com>",
    };
    expect(parseEnv(given).mail).toEqual({ url: given.PARAPET_SMTP_URL, from: given.PARAPET_MAIL_FROM });
    expect(failureOf({ PARAPET_SMTP_URL: given.PARAPET_SMTP_URL })).toEqual(
      new StartError(
        "PARAPET_MAIL_FROM must be set, too: PARAPET_SMTP_URL and PARAPET_MAIL_FROM go together.",
      ),
    );
    expect(failureOf({ ...given, PARAPET_MAIL_FROM: "parapet" })).toEqual(
      new StartError("PARAPET_MAIL_FROM must be an e-mail address, such as Parapet <parapet@example.com>."),
    );
  });

  it("takes a server to work against whole or not at all, and no way to it that others can read", () => {
    const given = { PARAPET_URL: "https://parapet.example.com/", PARAPET_TOKEN: "parapet_x" };
    expect(parseEnv(given).remote).toEqual({ url: "https://parapet.example.com", token: "parapet_x" });
    expect(parseEnv({ ...given, PARAPET_URL: "http://127.0.0.1:3000" }).remote?.url).toBe(
      "http://127.0.0.1:3000",
    );
    expect(failureOf({ PARAPET_URL: given.PARAPET_URL })).toEqual(
      new StartError("PARAPET_TOKEN must be set, too: PARAPET_URL and PARAPET_TOKEN go together."),
    );
    expect(failureOf({ ...given, PARAPET_URL: "http://parapet.example.com" })).toEqual(
      new StartError(
        "PARAPET_URL must begin with https, unless the server is on this machine: it is sent the token.",
      ),
    );
  });

  it("takes what is set, and an empty variable for one that isn't", () => {
    const env = parseEnv({
      DATABASE_URL: "postgresql://u:p@db.example.com/parapet",
      PORT: "8080",
      PARAPET_HOST: "0.0.0.0",
      PARAPET_DATA_DIR: "/srv/parapet",
      AUTH_SECRET: "0123456789abcdef0123456789abcdef",
      AUTH_URL: "https://parapet.example.com/",
      PARAPET_SANDBOX: "off",
      PARAPET_SANDBOX_SCALE: "",
      PARAPET_DEBUG: "on",
    });
    expect(env).toMatchObject({
      databaseUrl: "postgresql://u:p@db.example.com/parapet",
      port: 8080,
      host: "0.0.0.0",
      dataDir: "/srv/parapet",
      authSecret: "0123456789abcdef0123456789abcdef",
      authUrl: "https://parapet.example.com",
      sandbox: false,
      sandboxScale: 1,
      debug: true,
    });
  });

  it("names every bad variable in a line, and shows no value", () => {
    expect(
      failureOf({
        DATABASE_URL: "mysql://root:secret@host/x",
        PORT: "70000",
        AUTH_SECRET: "secret",
        AUTH_URL: "secret",
        PARAPET_SANDBOX: "secret",
        PARAPET_SANDBOX_SCALE: "1.5",
      }),
    ).toEqual(
      new StartError(
        [
          "DATABASE_URL must be a URL such as postgres://user:password@host:5432/parapet.",
          "PORT must be a whole number from 1 to 65535.",
          "AUTH_SECRET must have at least 32 characters.",
          "AUTH_URL must be a URL such as https://parapet.example.com.",
          "PARAPET_SANDBOX must be on or off.",
          "PARAPET_SANDBOX_SCALE must be a whole number from 1 to 1000.",
        ].join("\n"),
      ),
    );
  });

  it("lets the sandbox listen on loopback alone", () => {
    expect(failureOf({ PARAPET_HOST: "0.0.0.0" })).toBeInstanceOf(StartError);
    expect(["localhost", "127.0.0.1", "127.8.9.10", "::1"].map(isLoopback)).toEqual([true, true, true, true]);
    expect(["127.0.0.1.example.com", "0.0.0.0", "::", "10.0.0.1"].map(isLoopback)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe(".env.example", () => {
  const lines = readFileSync(resolve(root, ".env.example"), "utf8").split("\n");

  it("lists every variable once, each under a comment", () => {
    const listed = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(listed.sort()).toEqual(Object.keys(variables.shape).sort());
    for (const [at, line] of lines.entries()) {
      if (/^[A-Z_]+=/.test(line)) expect(lines[at - 1], line).toMatch(/^# /);
    }
  });

  it("works as it stands", () => {
    const given = lines.flatMap((line) => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name ? [[name, value]] : [];
    });
    expect(parseEnv(Object.fromEntries(given))).toEqual(parseEnv({}));
  });
});

/** Who else may look at the environment, and why. */
const readers = new Set([
  // The one place for ours.
  "lib/env.ts",
  // Next.js sets NODE_ENV, and replaces it in the source when it builds.
  "proxy.ts",
  // Next.js sets NEXT_RUNTIME, and replaces it in the source when it builds.
  "instrumentation.ts",
  // The AWS SDK's own variables.
  "lib/clouds/aws/credentials.ts",
  // Those of Google's libraries, and the proxies' that every client of HTTP goes by.
  "lib/clouds/gcp/http.ts",
  "lib/clouds/gcp/machine-credentials.ts",
  // Sets keys for the SDK, in tests.
  "lib/scans/test-cloud.ts",
]);

it("is read in no other place", () => {
  const files = globSync(
    ["{app,cli,components,db,lib}/**/*.{ts,tsx,mjs}", "{proxy,instrumentation,next.config}.ts"],
    { cwd: root },
  );
  const others = files.filter(
    (file) =>
      !readers.has(file) &&
      !/\.test\.tsx?$/.test(file) &&
      /process\.env|loadEnvFile/.test(readFileSync(resolve(root, file), "utf8")),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(others).toEqual([]);
});
