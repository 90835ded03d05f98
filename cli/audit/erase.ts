import { Command } from "commander";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { erasePerson } from "#lib/audit/personal/erase.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { withInstallation } from "../installation.ts";
import { refuseRemote } from "../remote/remote.ts";
import { writeJson } from "../table.ts";

type Options = {
  user?: string;
  value?: string;
  reason: string;
  confirm?: string;
  organisation?: string;
  json?: boolean;
};

const epilogue = `
With --user, the user's row is made nobody's as well: no name, address, password, session, token or identity; what they
wrote stays. Every entry of the trail stays, and every proof holds. Backups, exports and reports that were taken away
before keep what they hold. Refused while a legal hold is in force. It works on the database itself; no API token can.

Nothing is erased without --confirm, which takes what --user or --value takes, once more.`;

export const eraseCommand = (): Command =>
  new Command("erase")
    .description("erase a person for ever: destroy the keys to their data in the trail")
    .option("--user <id or e-mail>", "a user of this installation")
    .option("--value <text>", "an e-mail, IP address or telephone number that belongs to no user")
    .requiredOption("--reason <text>", "why; it stays in the trail, so don't name the person")
    .option("--confirm <text>", "the user or value once more")
    .option("--organisation <name or id>", "which organisation, where there are several")
    .option("--json", "print the result as JSON")
    .addHelpText("after", epilogue)
    .action(async (options: Options) => {
      refuseRemote("audit erase");
      const { user, value, reason } = options;
      const named = user ?? value;
      if (named === undefined || (user !== undefined && value !== undefined)) {
        throw new DomainError("invalid_input", "Name one person: --user or --value.");
      }
      if (options.confirm !== named) {
        throw new DomainError(
          "invalid_input",
          `Nothing was erased: this can't be undone. If you mean it, add --confirm ${named}`,
        );
      }
      const erased = await withInstallation(options.organisation, async ({ db }, scope) =>
        erasePerson(
          db,
          scope,
          user === undefined ? { value: named, reason } : { userId: await findUser(db, scope, user), reason },
        ),
      );
      if (options.json) writeJson(erased);
      else {
        const keys = erased.keys === 1 ? "1 key was" : `${erased.keys} keys were`;
        process.stdout.write(`Erased ${erased.subject}: ${keys} destroyed.\n`);
      }
    });

async function findUser(db: Database, scope: Scope, user: string): Promise<string> {
  const [found] = await db.execute<{ id: string }>(sql`
    select id from users where organisation_id = ${scope.organisationId}
      and (id = ${user} or lower(email) = lower(${user}))`);
  if (!found) throw new DomainError("not_found", "Nothing was erased: there is no such user.");
  return found.id;
}
