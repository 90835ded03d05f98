import type { AccountView } from "#db/accounts/queries.ts";
import { DomainError } from "#lib/errors.ts";
import type { AccountsBackend } from "./backend.ts";

/** The account that a word means: its id, the provider's id, or its name. Throws a DomainError that lists the choice. */
export async function findAccount(accounts: AccountsBackend, word: string): Promise<AccountView> {
  const all = await accounts.list();
  const found = all.filter(({ id, externalId, name }) => [id, externalId, name].includes(word));
  const [only, ...others] = found;
  if (!only) {
    const choice = all.map(({ name, externalId }) => `${name} (${externalId})`).join(", ") || "none yet";
    throw new DomainError("not_found", `There is no connected account ${word}. Connected: ${choice}.`);
  }
  if (others.length > 0) {
    const choice = found.map(({ id, name, externalId }) => `${id} (${name}, ${externalId})`).join(", ");
    throw new DomainError("invalid_input", `${word} means several accounts: ${choice}. Give one's id.`);
  }
  return only;
}
