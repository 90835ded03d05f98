import { describe, expect, it } from "vitest";
import { paged, RawAnswer, refusal, startAnswers } from "#lib/inventory/azure/test-answers.ts";
import { azureClients } from "./clients.ts";
import { classifyAzureError } from "./errors.ts";
import { graphAction } from "./graph.ts";

const policy = {
  "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#policies/authorizationPolicy/$entity",
  id: "authorizationPolicy",
  guestUserRoleId: "10dae51f-b6af-4016-8d66-8c2a99b929b3",
};

async function graphOver(answers: Parameters<typeof startAnswers>[0]) {
  const { session, requests } = await startAnswers(answers);
  return { graph: azureClients(session, "").graph, requests, session };
}

async function all(pages: AsyncIterable<readonly Record<string, unknown>[]>) {
  const found: unknown[] = [];
  for await (const page of pages) found.push(...page.map(({ id }) => id));
  return found;
}

describe("Microsoft Graph", () => {
  it("reads one object, with the options that were given", async () => {
    const asked: string[] = [];
    const { graph, session } = await graphOver({
      "GET /v1.0/policies/authorizationPolicy": ({ query }) => {
        asked.push(query.toString());
        return policy;
      },
    });
    expect(await graph.get("/policies/authorizationPolicy", { query: { $select: "id" } })).toEqual(policy);
    expect(asked).toEqual(["%24select=id"]);
    expect(session.governor.usage().graph?.actions).toEqual({
      "GET /policies/authorizationPolicy": { calls: 1, throttles: 0, retries: 0 },
    });
  });

  it("writes: what is made is answered, and what has no answer is none", async () => {
    const { graph, requests } = await graphOver({
      "POST /v1.0/things": { id: "1" },
      "POST /v1.0/things/1/remove": new RawAnswer(204, ""),
      "PATCH /v1.0/things/1": new RawAnswer(204, ""),
      "DELETE /v1.0/things/1": new RawAnswer(204, ""),
      "DELETE /v1.0/things/2": refusal(403, "Authorization_RequestDenied"),
    });
    expect(await graph.post("/things", { name: "one" })).toEqual({ id: "1" });
    expect(await graph.post("/things/1/remove", {})).toEqual({});
    expect(await graph.patch("/things/1", { name: "uno" })).toBeUndefined();
    expect(await graph.delete("/things/1")).toBeUndefined();
    await expect(graph.delete("/things/2")).rejects.toMatchObject({ code: "Authorization_RequestDenied" });
    expect(requests).toEqual([
      "POST /v1.0/things",
      "POST /v1.0/things/1/remove",
      "PATCH /v1.0/things/1",
      "DELETE /v1.0/things/1",
      "DELETE /v1.0/things/2",
    ]);
  });

  it("follows a list to its end", async () => {
    const { graph, requests } = await graphOver({
      "GET /v1.0/users": paged([{ id: "1" }, { id: "2" }], [{ id: "3" }], "@odata.nextLink"),
    });
    expect(await all(graph.list("/users", { query: { $top: "2" } }))).toEqual(["1", "2", "3"]);
    expect(requests).toEqual(["GET /v1.0/users", "GET /v1.0/users"]);
  });

  it.each([
    ["https://graph.microsoft.com.evil.example/v1.0/users?$skiptoken=2"],
    ["https://evil.example/v1.0/users"],
    ["/v1.0/users?$skiptoken=2"],
    [7],
  ])("doesn't follow a list to %s", async (next) => {
    const { graph, requests } = await graphOver({
      "GET /v1.0/users": { value: [{ id: "1" }], "@odata.nextLink": next },
    });
    const error: unknown = await all(graph.list("/users")).catch((thrown: unknown) => thrown);
    expect(classifyAzureError(error)).toMatchObject({
      code: "malformed",
      message: "MalformedAnswer: The next page is not Microsoft Graph's.",
    });
    expect(requests).toEqual(["GET /v1.0/users"]);
  });

  it("doesn't follow a list in circles", async () => {
    const { graph, requests } = await graphOver({
      "GET /v1.0/users": ({ query, origin }) => {
        const next = query.get("page") === "2" ? "1" : "2";
        return { value: [{ id: next }], "@odata.nextLink": `${origin}/v1.0/users?page=${next}` };
      },
    });
    const error: unknown = await all(graph.list("/users")).catch((thrown: unknown) => thrown);
    expect(classifyAzureError(error)).toMatchObject({ code: "malformed" });
    expect(requests).toHaveLength(3);
  });

  it.each([
    ["a refusal", refusal(403, "Authorization_RequestDenied"), "denied"],
    ["no list", { "@odata.context": "x" }, "malformed"],
    ["a list that is none", { value: {} }, "malformed"],
    ["items that are none", { value: ["1"] }, "malformed"],
    ["nothing", new RawAnswer(200, ""), "malformed"],
    ["a proxy's page", new RawAnswer(200, "<html></html>", { "content-type": "text/html" }), "malformed"],
  ])("fails on %s", async (_, answer, code) => {
    const { graph } = await graphOver({ "GET /v1.0/users": answer });
    const error: unknown = await all(graph.list("/users")).catch((thrown: unknown) => thrown);
    expect(classifyAzureError(error)?.code).toBe(code);
  });

  it("counts calls without the ids in their paths", () => {
    const url = "https://graph.microsoft.com/v1.0/users/0b1c2d3e-1111-2222-3333-444455556666/memberOf?$top=1";
    expect(graphAction({ method: "GET", url })).toBe("GET /users/{id}/memberOf");
  });
});
