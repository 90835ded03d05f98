import { randomUUID } from "node:crypto";
import type { WireResponse } from "#sandbox/aws/wire/codec.ts";

export type JsonAnswer = WireResponse;

/** With `value` left out, the answer has no body. */
export function jsonAnswer(status: number, value?: object, headers: Record<string, string> = {}): JsonAnswer {
  const id = randomUUID();
  return {
    status,
    headers: {
      ...(value === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
      "cache-control": "no-cache",
      "x-ms-request-id": id,
      "request-id": id,
      ...headers,
    },
    body: value === undefined ? "" : JSON.stringify(value),
  };
}
