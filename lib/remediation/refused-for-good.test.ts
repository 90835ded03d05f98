import { RestError } from "@azure/core-rest-pipeline";
import { expect, it } from "vitest";
import { AzureRefusal } from "#lib/clouds/azure/errors.ts";
import { GcpCallFailed } from "#lib/clouds/gcp/errors.ts";
import { isRefusedForGood } from "./refused-for-good.ts";

const aws = (httpStatusCode: number) => Object.assign(new Error("said"), { $metadata: { httpStatusCode } });

it.each([
  [true, aws(400)],
  [true, aws(404)],
  [false, aws(409)],
  [false, aws(429)],
  [false, aws(503)],
  [true, new AzureRefusal("InvalidParameter", 400, "said")],
  [false, new AzureRefusal("AnotherOperationInProgress", 409, "said")],
  [true, new RestError("said", { statusCode: 422 })],
  [true, new GcpCallFailed(412, {})],
  [false, new GcpCallFailed(503, {})],
  [true, new Error("wrapped", { cause: aws(400) })],
  [false, new Error("no answer")],
  [false, "text"],
])("%s: %s", (expected, error) => {
  expect(isRefusedForGood(error)).toBe(expected);
});
