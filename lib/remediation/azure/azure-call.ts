import type { z } from "zod";
import type { AzureAccess } from "#lib/clouds/access.ts";
import { AzureRefusal } from "#lib/clouds/azure/errors.ts";
import { ActionRefused } from "../action-handler.ts";
import { shellWord } from "../aws/command.ts";
import type { Json } from "../model.ts";
import { type CallContext, type CloudCall, defineCall } from "../operation.ts";

type AzureCall<Input> = {
  api: string;
  input: z.ZodType<Input>;
  permissions: readonly string[];
  keepsSecret?: true;
  send(access: AzureAccess, input: Input, context: CallContext): Promise<Json>;
  find?(access: AzureAccess, input: Input, context: CallContext): Promise<Json | null>;
  command(input: Input, where: { region: string; account: string }): string;
};

/** Declares a call of Azure. What Azure finds wrong with it stays wrong, and is not tried again. */
export const defineAzureCall = <Input>(call: AzureCall<Input>): CloudCall =>
  defineCall<"azure", Input>({
    ...call,
    cloud: "azure",
    send: (access, input, context) => refusingForGood(() => call.send(access, input, context)),
  });

/** Conflicts with something that is under way end by themselves. */
const passing = /InProgress|Busy|Retryable|NotProvisioned|Throttl|TooManyRequests/i;

/** Throws `ActionRefused` for an answer that would be the same another time, and all else as it came. */
export async function refusingForGood<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AzureRefusal) || ![400, 404, 405, 409, 412, 422].includes(error.statusCode))
      throw error;
    if (passing.test(error.code)) throw error;
    const reason = error.statusCode === 404 ? "gone" : "failed";
    throw new ActionRefused(reason, `${error.code}: ${error.message}`, { cause: error });
  }
}

const missing =
  /^(ResourceNotFound|ResourceGroupNotFound|ParentResourceNotFound|NotFound|Request_ResourceNotFound|HTTP 404)$/;

/** What a call answers; null when the resource that it is about is gone. */
export async function orGone<T>(answer: () => Promise<T>): Promise<T | null> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof AzureRefusal && error.statusCode === 404 && missing.test(error.code)) return null;
    throw error;
  }
}

/** The Azure CLI's command for a request of Azure Resource Manager or Microsoft Graph, its body as JSON. */
export function azRest(method: "put" | "patch" | "post" | "delete", url: string, body?: object): string {
  const parts = ["az rest", `--method ${method}`, `--url ${shellWord(url)}`];
  if (body) parts.push(`--body ${shellWord(JSON.stringify(body))}`);
  return parts.join(" ");
}

export const armUrl = (id: string, apiVersion: string): string =>
  `https://management.azure.com${id}?api-version=${apiVersion}`;

export const graphUrl = (path: string): string => `https://graph.microsoft.com/v1.0${path}`;

/** The last name in an ARM id or a uid. */
export const nameIn = (id: string): string => id.split("/").at(-1) ?? "";

/** How often a change that takes its time is asked after. */
export const updateIntervalInMs = 1000;
