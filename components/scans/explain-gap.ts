import type { GapCode } from "#lib/inventory/model.ts";

export type GapAdvice = { what: string; todo: string };

/** A gap in plain words: what happened, and what to do about it. */
export function explainGap(code: GapCode, operation: string, account: string): GapAdvice {
  switch (code) {
    case "denied":
      return {
        what: `The account's policies refused ${operation}.`,
        todo: `Allow ${operation} in the role that reads ${account}, then scan again.`,
      };
    case "throttled":
      return {
        what: "The provider asked to slow down for longer than a scan waits.",
        todo: "Nothing is wrong with the permissions. Scan again, or schedule the scan for a quieter hour.",
      };
    case "disabled":
      return {
        what: "The region or the service is not enabled for the account.",
        todo: `Take it out of what ${account} is scanned for, or enable it there.`,
      };
    case "expired":
      return {
        what: "The credentials ran out before the reading was done.",
        todo: "Scan again. If it happens every time, let the role's sessions last longer.",
      };
    case "unavailable":
      return {
        what: "The provider did not answer, or answered with a fault of its own.",
        todo: "Scan again; if it stays so, look at the provider's status page.",
      };
    case "malformed":
      return {
        what: "The answer was cut short, or not in a form that is known.",
        todo: "Scan again. If it stays so, report it to Parapet with the operation's name.",
      };
  }
}
