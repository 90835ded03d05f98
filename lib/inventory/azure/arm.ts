import { cut, MalformedAnswer, oneOf, required, tagRecord } from "../answers.ts";
import type { AzureContext } from "./collector.ts";

/**
 * An id of Azure Resource Manager in one spelling. Ids are compared without regard to case, and services differ in how
 * they give the same one: Compute is known to answer with resource groups in capitals, and a reference is spelled as
 * whoever wrote it. So the fixed words, the subscription and the resource group are brought into one form; names keep
 * the case that they were given.
 */
export function armId(id: string | null | undefined, field = "id"): string {
  const steps = required(id, field).split("/");
  if (steps.shift() !== "" || steps.length < 2)
    throw new MalformedAnswer(`The answer's ${field} is no ARM id: "${cut(id ?? "")}".`);
  const spelled = steps.map((step, index) => {
    const before = index > 0 ? steps[index - 1]?.toLowerCase() : undefined;
    const isType = index % 2 === 0;
    if (!isType && index === 1 && before === "subscriptions") return step.toLowerCase();
    if (!isType && index === 3 && before === "resourcegroups") return step.toLowerCase();
    return isType ? (fixedWords.get(step.toLowerCase()) ?? step) : step;
  });
  return `/${spelled.join("/")}`;
}

const fixedWords = new Map(
  ["subscriptions", "resourceGroups", "providers"].map((word) => [word.toLowerCase(), word]),
);

/** The id of what a reference points to; `null` for no reference. */
export const referredId = (reference: { id?: string } | null | undefined, field?: string): string | null =>
  reference ? armId(reference.id, field) : null;

/** The resource group in an id, as it has to be named in calls. */
export function resourceGroupOf(id: string): string {
  const name = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id)?.[1];
  return required(name, "resource group");
}

/** A location in its short form, such as `westeurope`; some answers give the name that people read, `West Europe`. */
export const regionOf = (location: string | null | undefined): string =>
  location ? cut(location).toLowerCase().replaceAll(" ", "") : "global";

/** The uid of what a provider holds for the subscription as a whole. */
export const subscriptionUid = ({ account }: Pick<AzureContext, "account">, provider: string): string =>
  `/subscriptions/${account}/providers/${provider}`;

type ArmAnswer = {
  id?: string;
  name?: string;
  location?: string;
  tags?: Readonly<Record<string, string>> | null;
};

/** What every tracked resource has in common. */
export function armResource({ account }: Pick<AzureContext, "account">, answer: ArmAnswer) {
  const uid = armId(answer.id);
  return {
    uid,
    account,
    region: regionOf(answer.location),
    name: cut(required(answer.name ?? uid.split("/").at(-1), "name")),
    tags: tagRecord(Object.entries(answer.tags ?? {})),
  };
}

/** One of the words that a field may hold; `undefined` where the answer leaves the field out. */
export const wordOf = <const T extends string>(
  value: string | undefined,
  allowed: readonly T[],
  field: string,
): T | undefined => (value === undefined ? undefined : oneOf(value, allowed, field));
