import type { AccessTable } from "../model.ts";

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};
const nowhere = { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" };

/** Signing in and out, one's sessions, the first administrator, the health of the product. */
export const auth: AccessTable = {
  "lib/auth/revoke-session.ts#revokeSession": {
    roles: "everyone",
    input: ({ ids, role }) => ({ sessionId: ids.sessionIds[role] }),
    // One's own sessions belong to no account, so a colleague's is what is tried: only an administrator ends it.
    unseen: "not_found",
  },
  "lib/auth/revoke-session.ts#signOut": {
    roles: "everyone",
    input: ({ ids, role }) => ({ sessionId: ids.sessionIds[role] }),
  },
  "lib/auth/revoke-other-sessions.ts#revokeOtherSessions": {
    roles: "everyone",
    input: ({ ids, role }) => ({ keep: ids.sessionIds[role] }),
    // Nobody in this world is signed in twice.
    outcome: "conflict",
  },
  "app/(dashboard)/settings/sessions/actions.ts#revokeSession": {
    roles: "everyone",
    input: ({ ids, role }) => [ids.sessionIds[role]],
  },
  "app/(dashboard)/settings/sessions/actions.ts#revokeOtherSessions": {
    roles: "everyone",
    input: ({ ids, role }) => [ids.sessionIds[role]],
    outcome: "conflict",
  },
  "lib/setup/setup-token.ts#issueSetupToken": { through: "app/(auth)/setup/actions.ts#createAdministrator" },
  "lib/setup/create-administrator.ts#createAdministrator": {
    through: "app/(auth)/setup/actions.ts#createAdministrator",
  },
  "app/(auth)/setup/actions.ts#createAdministrator": {
    roles: "anyone",
    input: () => [
      null,
      form({ token: "never issued", organisationName: "O", name: "N", email: "n@example.test" }),
    ],
    foreign: "done",
  },
  "app/(auth)/sign-in/actions.ts#signInAsPersona": {
    roles: "anyone",
    input: () => [null, form({ persona: "nobody" })],
    foreign: "done",
  },
  "app/(auth)/sign-in/actions.ts#signInWithPassword": {
    roles: "anyone",
    input: () => [null, form({ email: "nobody@example.test", password: "wrong" })],
    foreign: "done",
  },
  "app/_actions/preferences.ts#keepTheme": { roles: "anyone", input: () => ["dark"], foreign: "done" },
  "app/_actions/preferences.ts#keepRail": { roles: "anyone", input: () => ["narrow"], foreign: "done" },
  "GET /api/auth/[...nextauth]": {
    roles: "anyone",
    input: () => ({ params: { nextauth: ["csrf"] } }),
    foreign: "done",
  },
  // From another site's page, whoever it is.
  "POST /api/auth/[...nextauth]": {
    roles: "anyone",
    input: () => ({ params: { nextauth: ["signout"] }, body: "csrfToken=x", headers: nowhere }),
    outcome: "forbidden",
    foreign: "forbidden",
  },
  // There is no provider here.
  "GET /api/auth/signin/oidc": { roles: "anyone", outcome: "not_found" },
  "GET /api/auth/callback/oidc": { roles: "anyone", outcome: "not_found" },
  "GET /api/health": { roles: "anyone", foreign: "done" },
};
