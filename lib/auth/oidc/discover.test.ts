import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { discoverProvider } from "./discover.ts";

/** Serves at an issuer of its own; `answer` is told which. */
async function serve(answer: (issuer: string) => RequestListener): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on("request", answer(issuer));
  return issuer;
}
const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
});

test("metadata come from the issuer itself, and from nowhere that it leads to", async () => {
  let asked = 0;
  let named = "";
  const elsewhere = await serve(() => (_incoming, outgoing) => {
    asked += 1;
    outgoing.end(JSON.stringify(metadataOf(named)));
  });
  named = await serve(() => (incoming, outgoing) => {
    outgoing.writeHead(302, { location: `${elsewhere}${incoming.url}` }).end();
  });
  await expect(discoverProvider(named)).rejects.toMatchObject({
    code: "misconfigured",
    detail: `The provider answered 302 to ${named}/.well-known/openid-configuration.`,
  });
  expect(asked).toBe(0);
});

test("of an answer without end no more is read than metadata ever have", async () => {
  let sent = 0;
  const issuer = await serve(() => (_incoming, outgoing) => {
    const more = () => {
      sent += 65_536;
      outgoing.write(" ".repeat(65_536), (error) => error ?? setImmediate(more));
    };
    more();
  });
  await expect(discoverProvider(issuer)).rejects.toMatchObject({ code: "misconfigured" });
  expect(sent).toBeLessThan(20_000_000);
});

test.each([
  ["an address that others can read along with", { jwks_uri: "http://keys.example/jwks" }],
  ["another's name", { issuer: "https://evil.example" }],
  [
    "signatures that whoever knows the client's secret could make",
    { id_token_signing_alg_values_supported: ["HS256", "none"] },
  ],
])("metadata with %s are refused", async (_what, change) => {
  const issuer = await serve((own) => (_incoming, outgoing) => {
    outgoing.end(JSON.stringify({ ...metadataOf(own), ...change }));
  });
  await expect(discoverProvider(issuer)).rejects.toMatchObject({ code: "misconfigured" });
});

test("metadata are asked for once in ten minutes", async () => {
  let asked = 0;
  const issuer = await serve((own) => (_incoming, outgoing) => {
    asked += 1;
    outgoing.end(JSON.stringify(metadataOf(own)));
  });
  const now = Date.now();
  for (const after of [0, 599_000, 601_000]) {
    expect(await discoverProvider(issuer, now + after)).toMatchObject({ issuer, signingAlgorithm: "RS256" });
  }
  expect(asked).toBe(2);
});
