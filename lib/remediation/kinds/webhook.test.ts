import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ActionRefused, TryLater } from "../action-handler.ts";
import { Crashed, TestJournal } from "../test-journal.ts";
import { postWebhook, urlProblem } from "./post-webhook.ts";
import { isPublicAddress, publicLookup } from "./public-address.ts";
import { plannedAction, testStep, testTarget } from "./test-step.ts";
import { webhookActions } from "./webhook.ts";

type Received = { method?: string; headers: IncomingMessage["headers"]; body: string };
let received: Received[] = [];
let answer = (response: ServerResponse): void => void response.writeHead(204).end();
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    received.push({ method: request.method, headers: request.headers, body });
    answer(response);
  });
});
let url = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received = [];
  answer = (response) => void response.writeHead(204).end();
});

const key = Buffer.alloc(32, 7).toString("base64");
const older = Buffer.alloc(32, 8).toString("base64");
const secrets = () => [
  { name: "tickets", base64: key },
  { name: "tickets", base64: older },
  { name: "other", base64: older },
];
const handler = webhookActions({ secrets, allowLoopback: true });
const strict = webhookActions({ secrets });
const specOf = (given: object = {}) => ({
  kind: "webhook",
  operation: "post",
  with: { url, secret: "tickets", data: { queue: "cloud" }, ...given },
});
async function planOf() {
  const spec = specOf();
  return plannedAction("webhook", "post", spec.with, await handler.plan(spec, testStep()));
}

/** The signature that a receiver would reckon. */
const signed = ({ headers, body }: Received, secret: string) =>
  `v1,${createHmac("sha256", Buffer.from(secret, "base64"))
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`)
    .digest("base64")}`;

describe("a webhook", () => {
  it("is sent once, signed by each secret of its name, and tells of a rollback", async () => {
    const action = await planOf();
    const step = testStep();
    expect(await handler.apply(action, step, null)).toEqual({ after: null, differs: null });
    expect(await handler.apply(action, step, null)).toEqual({ after: null, differs: null });
    expect(received.length).toBe(1);
    const [first] = received;
    if (!first) throw new Error("Nothing was received.");
    expect(JSON.parse(first.body)).toEqual({
      type: "remediation.changed",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: { plan: "pln_1", target: testTarget, values: { queue: "cloud" } },
    });
    expect(first.headers["webhook-id"]).toBe("msg_stp_1-post");
    expect(first.headers["webhook-signature"]).toBe(`${signed(first, key)} ${signed(first, older)}`);
    expect(step.journal.records).toEqual([expect.objectContaining({ id: "post", output: { status: 204 } })]);

    await handler.rollback(action, testStep(), { before: null, after: null, calls: step.journal.records });
    expect(JSON.parse(received[1]?.body ?? "")).toMatchObject({ type: "remediation.rolled_back" });
    await handler.rollback(action, testStep(), { before: null, after: null, calls: [] });
    expect(received.length).toBe(2);
  });

  it("keeps its id when it is sent again after a crash", async () => {
    const step = testStep({ journal: new TestJournal({ call: 1, when: "sent" }) });
    const action = await planOf();
    await expect(handler.apply(action, step, null)).rejects.toThrow(Crashed);
    await handler.apply(action, step, null);
    expect(received.map(({ headers }) => headers["webhook-id"])).toEqual([
      "msg_stp_1-post",
      "msg_stp_1-post",
    ]);
  });

  it("holds no secret in its plan", async () => {
    const text = JSON.stringify(await planOf());
    expect([text.includes(key), text.includes(older)]).toEqual([false, false]);
  });

  it.each<[number, typeof TryLater | typeof ActionRefused]>([
    [429, TryLater],
    [503, TryLater],
    [400, ActionRefused],
    [302, ActionRefused],
  ])("that is answered %i is %o", async (status, expected) => {
    answer = (response) => void response.writeHead(status, { location: url }).end();
    const step = testStep();
    await expect(handler.apply(await planOf(), step, null)).rejects.toThrow(expected);
    expect(received.length).toBe(1);
    expect(step.journal.made.size).toBe(0);
  });

  it("reads no more of an answer than is of use", async () => {
    answer = (response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536))) {}
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    };
    await handler.apply(await planOf(), testStep(), null);
    expect(received.length).toBe(1);
  });

  it("gives up on who doesn't answer", async () => {
    answer = () => undefined;
    const post = { url, id: "1", body: "{}", secrets: [key], signal: new AbortController().signal };
    await expect(postWebhook({ ...post, timeoutMs: 50, allowLoopback: true })).rejects.toThrow(TryLater);
  });

  it.each([
    ["http://example.com/hook", "A webhook's URL begins with https."],
    ["https://127.0.0.1/hook", "A webhook goes to the public internet, not to this machine or its network."],
    [
      "https://[::ffff:10.0.0.1]/",
      "A webhook goes to the public internet, not to this machine or its network.",
    ],
    [
      "https://169.254.169.254/latest",
      "A webhook goes to the public internet, not to this machine or its network.",
    ],
    ["https://0x7f.1/", "A webhook goes to the public internet, not to this machine or its network."],
    ["https://u:p@example.com/", "A webhook's URL may hold no user or password."],
    ["no url", "It is no URL."],
  ])("doesn't go to %s", (given, problem) => {
    expect(urlProblem(given)).toBe(problem);
    expect(() =>
      strict.describe({ kind: "webhook", operation: "post", with: { url: given, secret: "tickets" } }),
    ).toThrow(problem);
  });

  it("doesn't go where a name leads into the network, however that is spelled", async () => {
    const judged = await new Promise((resolve) => {
      publicLookup()("localhost", { all: true }, (error) => resolve(error));
    });
    expect(judged).toMatchObject({ name: "NotPublic" });
  });

  it("needs a secret that is set", () => {
    expect(() => handler.describe(specOf({ secret: "absent" }))).toThrow("There is no secret absent");
    expect(() => handler.describe(specOf({ secret: undefined }))).toThrow("secret");
    expect(() => handler.describe({ ...specOf(), operation: "get" })).toThrow("post alone");
  });
});

it.each([
  ["93.184.216.34", true],
  ["2606:2800:220:1:248:1893:25c8:1946", true],
  ["10.1.2.3", false],
  ["100.100.100.200", false],
  ["168.63.129.16", false],
  ["169.254.169.254", false],
  ["192.168.1.1", false],
  ["0.0.0.0", false],
  ["224.0.0.1", false],
  ["::1", false],
  ["::", false],
  ["::ffff:169.254.169.254", false],
  ["64:ff9b::a9fe:a9fe", false],
  ["2002:a9fe:a9fe::1", false],
  ["fd00:ec2::254", false],
  ["fe80::1", false],
  ["localhost", false],
])("%s is of the public internet: %s", (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
