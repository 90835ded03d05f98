import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import type { RemoteClient } from "../remote/client.ts";
import { PlaybookAnswer } from "./answers.ts";

export const listPlaybooks = async (client: RemoteClient): Promise<PlaybookAnswer[]> =>
  (await client.request("GET", "/playbooks", { answer: z.object({ data: z.array(PlaybookAnswer) }) })).data;

/** The playbook that is named, else the only one that fixes the findings. Throws a DomainError that lists the choice. */
export async function pickPlaybook(
  client: RemoteClient,
  findingIds: readonly string[],
  named: string | undefined,
): Promise<PlaybookAnswer> {
  const playbooks = await listPlaybooks(client);
  if (named !== undefined) {
    const found = playbooks.find(({ id }) => id === named.toUpperCase());
    if (found) return found;
    throw refusal(`There is no playbook ${named}. There are: ${playbooks.map(({ id }) => id).join(", ")}.`);
  }
  const checks = await Promise.all(findingIds.map((findingId) => checkOf(client, findingId)));
  const fitting = playbooks.filter(({ fixes }) => checks.every((check) => fixes.includes(check)));
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  throw refusal(
    only
      ? `Several playbooks fix this. Name one with --playbook: ${fitting.map(({ id }) => id).join(", ")}.`
      : `No playbook fixes ${checks.length === 1 ? "this finding" : "all of these findings"}.`,
  );
}

const checkOf = async (client: RemoteClient, findingId: string): Promise<string> =>
  (
    await client.request("GET", `/findings/${encodeURIComponent(findingId)}`, {
      answer: z.object({ checkId: z.string() }),
    })
  ).checkId;

const refusal = (message: string) => new DomainError("invalid_input", message);
