import type { CommandImpl } from "@smithy/core/client";
import type { Call } from "../model.ts";

/** Input and output of a command class of an SDK client, without what only the client adds. */
type Operation<Command> = Command extends abstract new (
  ...input: never[]
) => CommandImpl<infer Input, infer Output, infer _Config, infer _Inputs, infer _Outputs>
  ? (input: Input, call: Call) => Omit<Output, "$metadata"> | Promise<Omit<Output, "$metadata">>
  : never;

/**
 * The handlers of a service, checked against the SDK client's own commands:
 * `{ GetBucketPolicy: (input, call) => … } satisfies Operations<typeof import("@aws-sdk/client-s3")>`.
 */
export type Operations<Sdk> = {
  [Name in keyof Sdk as Name extends `${infer Operation}Command` ? Operation : never]?: Operation<Sdk[Name]>;
};
