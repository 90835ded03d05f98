/** What the codec of one operation in one protocol reads and writes. */
import type { FormNode } from "./codec-query.ts";
import type { ResponseHead } from "./http-bindings.ts";
import type { WireRequest } from "./http-request.ts";

/** A request's input as it was routed, not yet in the SDK's shape. */
export type RawInput = {
  request: WireRequest;
  /** The body with any transfer encoding of AWS taken off. */
  body: Buffer;
  labels: Map<string, string>;
  form: FormNode | null;
};

export type WireResponse = ResponseHead & { body: string | Uint8Array };

export type OperationCodec = {
  /** Throws for what the schema cannot hold. */
  readInput: (raw: RawInput) => Record<string, unknown>;
  writeOutput: (output: object, requestId: string) => WireResponse;
};

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
