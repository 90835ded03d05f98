import { describe, expect, it } from "vitest";
import { AzureRefusal } from "#lib/clouds/azure/errors.ts";
import { azRest, orGone, refusingForGood } from "./azure-call.ts";

const refusal = (code: string, status: number) => new AzureRefusal(code, status, "It said so.");
const failing = (error: Error) => () => Promise.reject(error);

describe("a call that is refused", () => {
  it.each([
    ["SecurityRuleInvalidPortRange", 400, "failed"],
    ["ResourceNotFound", 404, "gone"],
    ["PublicAccessNotPermitted", 409, "failed"],
    ["PreconditionFailed", 412, "failed"],
  ])("as %s (%d) would be another time", async (code, status, reason) => {
    await expect(refusingForGood(failing(refusal(code, status)))).rejects.toMatchObject({
      name: "ActionRefused",
      reason,
      message: `${code}: It said so.`,
    });
  });

  it.each([
    ["AnotherOperationInProgress", 409],
    ["ServerIsBusy", 409],
    ["AuthorizationFailed", 403],
    ["TooManyRequests", 429],
    ["InternalServerError", 500],
  ])("as %s (%d) is told as it came", async (code, status) => {
    const error = refusal(code, status);
    await expect(refusingForGood(failing(error))).rejects.toBe(error);
  });
});

it("takes what is gone for gone, and nothing else", async () => {
  expect(await orGone(failing(refusal("ResourceNotFound", 404)))).toBeNull();
  expect(await orGone(failing(refusal("Request_ResourceNotFound", 404)))).toBeNull();
  await expect(orGone(failing(refusal("SubscriptionNotFound", 404)))).rejects.toMatchObject({
    code: "SubscriptionNotFound",
  });
  expect(await orGone(async () => "there")).toBe("there");
});

it("words a request for a shell, whatever names hold", () => {
  const url = "https://management.azure.com/x?api-version=1";
  expect(azRest("delete", url)).toBe(`az rest --method delete --url '${url}'`);
  expect(azRest("put", "https://graph.microsoft.com/v1.0/x", { name: "it's $(me)" })).toBe(
    `az rest --method put --url https://graph.microsoft.com/v1.0/x --body '{"name":"it'\\''s $(me)"}'`,
  );
});
