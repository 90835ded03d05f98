import type { AuditEntryView } from "#db/audit/model.ts";
import { phrases } from "./phrases.ts";
import { asDone, isVerb, nounOf, shortId } from "./words.ts";

/** What a sentence is made of: an entry, or as much of one. */
export type Said = Pick<AuditEntryView, "action" | "before" | "after"> &
  Partial<Pick<AuditEntryView, "result">> & {
    actor?: Pick<AuditEntryView["actor"], "kind" | "name">;
    object: { kind: string; id: string; name?: string | null };
  };

/**
 * An entry as a sentence without a full stop: `Maria approved plan pln_…4f2a91 for 3 resources`. Names in it came from
 * people and clouds.
 */
export const sentenceOf = (entry: Said & { actor: NonNullable<Said["actor"]> }): string =>
  `${entry.actor.kind === "user" ? entry.actor.name : `Parapet (${entry.actor.name})`} ${actOf(entry)}`;

/** The same without who acted: `approved plan pln_…4f2a91 for 3 resources`. */
export function actOf(entry: Said): string {
  const phrase = phrases[entry.action]?.(entry, objectOf(entry)) ?? usualPhrase(entry);
  if (typeof phrase !== "string") return phrase.says;
  const why = reasonOf(entry);
  if (entry.result === "refused") return `was not allowed to ${phrase}${why}`;
  if (entry.result === "failed") return `failed to ${phrase}${why}`;
  return asDone(phrase);
}

/** Whether there is a sentence that fits the action, and not only one that repeats it. */
export const hasSentence = (action: string): boolean =>
  Object.hasOwn(phrases, action) || isVerb(verbOf(action).split(" ")[0] ?? "");

const verbOf = (action: string): string => action.slice(action.lastIndexOf(".") + 1).replaceAll(/[_-]/g, " ");

/** `user.disable` of a user: `disable user usr_…`. */
function usualPhrase(entry: Said): string {
  const [verb = "", ...rest] = verbOf(entry.action).split(" ");
  const object = objectOf(entry);
  return rest.length === 0 ? `${verb} ${object}` : `${verb} ${rest.join(" ")} of ${object}`;
}

/** The object in words: `view "Open criticals"`, `plan pln_…4f2a91`. */
function objectOf({ object, before, after }: Said): string {
  const told = object.name ?? after?.name ?? before?.name;
  const noun = nounOf(object.kind);
  if (typeof told === "string" && told !== "") return `${noun} “${told}”`;
  if (noun.startsWith("the ") || object.kind === "organisation")
    return noun.replace(/^organisation$/, "the organisation");
  return object.id === "" || object.id === "unknown" ? `a ${noun}` : `${noun} ${shortId(object.id)}`;
}

function reasonOf({ after }: Said): string {
  const reason = after?.reason ?? after?.error ?? after?.code;
  return typeof reason === "string" && reason !== "" ? ` (${reason.replaceAll("_", " ")})` : "";
}
