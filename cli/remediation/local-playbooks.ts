import { listPlaybooks } from "#db/remediation/playbook-queries.ts";
import { env } from "#lib/env.ts";
import { embeddedUrl } from "#lib/postgres/state.ts";
import { builtInPlaybooks } from "#lib/remediation/playbooks/index.ts";
import { withInstallation } from "../installation.ts";
import { PlaybookAnswer } from "./answers.ts";

/** The playbooks of this machine's own installation; before there is one, those that come with Parapet. */
export async function playbooksHere(organisation: string | undefined): Promise<PlaybookAnswer[]> {
  const { databaseUrl, dataDir } = env();
  if (databaseUrl === undefined && embeddedUrl(dataDir) === null && organisation === undefined) {
    return builtInPlaybooks.map((playbook) =>
      PlaybookAnswer.parse({ ...playbook, source: "built_in", version: 1, openFindings: null }),
    );
  }
  const views = await withInstallation(organisation, ({ db }, scope) => listPlaybooks(db, scope));
  return views.map((view) => PlaybookAnswer.parse(view));
}
