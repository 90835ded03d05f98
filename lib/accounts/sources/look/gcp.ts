import { gcpClients } from "#lib/clouds/gcp/clients.ts";
import { gcpAccess } from "#lib/clouds/gcp/credentials.ts";
import { emulatorCredentialsOf } from "#lib/clouds/gcp/session.ts";
import { MalformedAnswer, namingFailures, required } from "#lib/inventory/answers.ts";
import type { Look, Member } from "./look-for-members.ts";

const permission = "resourcemanager.projects.get";

/** Every Apps Script makes a project of its own, named so; there are thousands of them, with nothing in them. */
const ofAppsScript = /^sys-\d{20,}$/;

/** The projects that the credentials can see, wherever in the organisation they are. */
export const lookAtGcp: Look<"gcp"> = async (connection, _secrets, signal) => {
  const access = gcpAccess(connection, {
    emulatorCredentials: emulatorCredentialsOf(connection.endpointUrl),
  });
  try {
    await namingFailures("iam.serviceAccounts.getAccessToken", () => access.token.provide());
    const api = await gcpClients(access).cloudresourcemanagerV3();
    const members: Member[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await namingFailures(permission, () =>
        api.projects.search({ pageSize: 500, ...(pageToken ? { pageToken } : {}) }, { signal }),
      );
      for (const { projectId, displayName, state } of data.projects ?? []) {
        const externalId = required(projectId, "projectId");
        if (ofAppsScript.test(externalId)) continue;
        members.push({
          externalId,
          level: "account",
          name: displayName || externalId,
          state: required(state, "state") === "ACTIVE" ? "active" : "suspended",
        });
      }
      const next = data.nextPageToken || undefined;
      if (next !== undefined && next === pageToken)
        throw new MalformedAnswer("The next page is the same one.");
      pageToken = next;
    } while (pageToken);
    return { own: null, members };
  } finally {
    access.close();
  }
};
