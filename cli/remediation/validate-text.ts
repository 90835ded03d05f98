import { DomainError } from "#lib/errors.ts";
import { type PlaybookProblem, parsePlaybook, validatePlaybook } from "#lib/remediation/playbook-document.ts";
import { registerBuiltInActions } from "#lib/remediation/register.ts";

/** What is wrong with a playbook's file, in its shape or in its sense; empty when it may be stored. */
export async function validateText(text: string): Promise<PlaybookProblem[]> {
  registerBuiltInActions();
  try {
    return await validatePlaybook(parsePlaybook(text, text.trimStart().startsWith("{") ? "json" : "yaml"));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = Object.entries(error.fields);
    return fields.length > 0
      ? fields.map(([path, message]) => ({ path, message }))
      : [{ path: "", message: error.message }];
  }
}
