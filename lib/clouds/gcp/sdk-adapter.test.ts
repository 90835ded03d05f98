import { expect, it, vi } from "vitest";
import { startAnswers } from "#lib/inventory/gcp/test-answers.ts";
import { sdkAdapter, tokenAdapter } from "./sdk-adapter.ts";

const prepared = (url: string, body?: unknown) => ({ url: new URL(url), headers: new Headers(), body });

it("sends what asks for a token to Google through the caller, and leaves the machine's surroundings alone", async () => {
  const { access } = await startAnswers({});
  const sendDirectly = vi.fn(async () => "from the metadata service");
  const adapter = tokenAdapter(access.caller);
  const metadata = prepared("http://169.254.169.254/metadata/identity/oauth2/token");
  expect(await adapter(metadata, sendDirectly)).toBe("from the metadata service");
  expect(sendDirectly).toHaveBeenCalledWith(metadata);
  const token = { ...prepared("https://oauth2.googleapis.com/token"), method: "POST" };
  expect(await adapter(token, sendDirectly)).toMatchObject({ data: { access_token: "ya29.test" } });
  expect(sendDirectly).toHaveBeenCalledTimes(1);
});

it("keeps the library from trying again on top of the caller", async () => {
  const { access } = await startAnswers({ "POST storage.googleapis.com/x": { done: true } });
  const request = {
    ...prepared("https://storage.googleapis.com/x", new URLSearchParams({ a: "b" })),
    method: "POST",
    retry: true,
    retryConfig: { retry: 3 },
  };
  expect(await sdkAdapter(access.caller, access.token)(request)).toMatchObject({
    status: 200,
    data: { done: true },
    config: request,
  });
  expect([request.retry, request.retryConfig]).toEqual([false, undefined]);
  await expect(
    sdkAdapter(access.caller, access.token)(prepared("https://storage.googleapis.com/x", new Blob(["x"]))),
  ).rejects.toThrow("neither text nor a form");
});
