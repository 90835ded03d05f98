/** Ends the session. Throws when that did not work; one is still signed in then. */
export async function signOut(): Promise<void> {
  const csrf = await fetch("/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/signout", {
    method: "POST",
    body: new URLSearchParams({ csrfToken }),
  });
  if (!answer.ok) throw new Error(`Signing out was answered with ${answer.status}.`);
  // What the palette remembers of where one went is nobody else's business.
  window.localStorage.removeItem(recentKey);
  // A full load, so that nothing that was read stays in memory.
  window.location.assign("/sign-in");
}

export const recentKey = "parapet-recent";
