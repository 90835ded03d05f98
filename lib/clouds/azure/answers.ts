import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { MalformedAnswer, required } from "#lib/inventory/answers.ts";
import { AzureRefusal } from "./errors.ts";

/**
 * Refuses answers that aren't Azure's. The SDK reads an empty body, or a page without its list, as an answer with nothing
 * in it: every list empty, every switch off. Neither is anything Azure answers to a call that asks for something.
 *
 * @param isReading Calls that change something may well be answered with an empty body.
 */
export function refuseForeignAnswer(
  response: PipelineResponse,
  isReading = response.request.method === "GET",
): void {
  const { status, request, bodyAsText } = response;
  const text = (bodyAsText ?? "").replace(/^\uFEFF/, "").trim();
  if (status >= 500 || status === 429 || status === 204) return;
  if (status >= 400) {
    if (text !== "" && parsedObject(text) === undefined)
      throw new MalformedAnswer("The refusal is not Azure's: it is no JSON object.");
    return;
  }
  if (!isReading) return;
  if (text === "") throw new MalformedAnswer("The answer is empty.");
  const body = parsedObject(text);
  if (body === undefined) throw new MalformedAnswer("The answer is not Azure's: it is no JSON object.");
  if (isCollection(new URL(request.url).pathname) && !Array.isArray(body.value)) {
    throw new MalformedAnswer("The answer has no list.");
  }
}

/** Paths that look like a collection's and end in a verb, or in a table of their own. */
const noCollections = new Set([
  "list",
  "servicetags",
  "default",
  "instanceview",
  "checkipaddressavailability",
]);
/** Collections that belong to no provider. */
const ownCollections = new Set(["subscriptions", "tenants", "locations", "resourcegroups", "resources"]);

/**
 * Whether a path of Azure Resource Manager names a collection: after the last provider's namespace, types and names
 * alternate.
 */
export function isCollection(path: string): boolean {
  const steps = path.toLowerCase().split("/").filter(Boolean);
  const last = steps.at(-1) ?? "";
  if (noCollections.has(last)) return false;
  const provider = steps.lastIndexOf("providers");
  if (provider === -1) return steps.length % 2 === 1 && ownCollections.has(last);
  return (steps.length - provider - 2) % 2 === 1;
}

/** What a refusal's body says, in any of the three shapes; the login puts its own number into the text. */
export function refusalOf({ status, bodyAsText }: PipelineResponse): AzureRefusal {
  const body = parsedObject(bodyAsText ?? "") ?? {};
  const { error, error_description: description } = body;
  if (typeof error === "string") {
    const said = typeof description === "string" ? description : error;
    return new AzureRefusal(/^AADSTS\d+/.exec(said)?.[0] ?? error, status, said);
  }
  const inner: object = typeof error === "object" && error !== null ? error : body;
  const code: unknown = Reflect.get(inner, "code") ?? Reflect.get(inner, "Code");
  const message: unknown = Reflect.get(inner, "message") ?? Reflect.get(inner, "Message");
  return new AzureRefusal(
    typeof code === "string" && code !== "" ? code : `HTTP ${status}`,
    status,
    typeof message === "string" ? message : "",
  );
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** An answer that has to be an object. */
export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedAnswer("The answer is no object.");
  }
  return Object.fromEntries(Object.entries(value));
}

/** The objects on a page of a list. */
export function itemsOf(page: Record<string, unknown>): readonly Record<string, unknown>[] {
  const value = required(page.value, "value");
  if (!Array.isArray(value)) throw new MalformedAnswer("The answer's value is no list.");
  return value.map(objectOf);
}
