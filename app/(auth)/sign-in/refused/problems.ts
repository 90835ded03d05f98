import type { SignInProblemCode } from "#lib/auth/oidc/problem.ts";

/** What happened and what to do about it; `name` is what the sign-in page calls the provider. */
type Words = {
  title: string;
  text: string;
  /** What may help at once: the same once more, or going there as someone else. */
  retry: "again" | "as_another" | null;
};

const words: Readonly<Record<SignInProblemCode, (name: string) => Words>> = {
  stale: (name) => ({
    title: "That took too long",
    text: `A sign-in through ${name} must end within 15 minutes, in the browser in which it began, and with cookies allowed. Begin again.`,
    retry: "again",
  }),
  cancelled: (name) => ({
    title: "You were not signed in",
    text: `${capital(name)} did not let you in, or you turned back. If you should have access, ask whoever runs ${name} to let you use Parapet.`,
    retry: "again",
  }),
  unreachable: (name) => ({
    title: `${capital(name)} does not answer`,
    text: "Nothing is wrong with you or your account. Try again in a minute; if it goes on, tell your administrator. Who has a password here can use it meanwhile.",
    retry: "again",
  }),
  misconfigured: (name) => ({
    title: "Single sign-on is not set up right",
    text: `Parapet and ${name} do not agree about each other. Your administrator finds in Parapet's log what exactly; until then who has a password here can use it.`,
    retry: null,
  }),
  untrusted: (name) => ({
    title: "The answer could not be trusted",
    text: `What came back from ${name} failed a check, so nobody was signed in. Begin again; if it happens once more, tell your administrator, who finds in Parapet's log which check it was.`,
    retry: "again",
  }),
  no_role: (name) => ({
    title: "You have no role here",
    text: `${capital(name)} knows you, but none of your groups there has a role in Parapet. Ask your administrator for one, then sign in again.`,
    retry: "as_another",
  }),
  disabled: () => ({
    title: "Your access has been switched off",
    text: "An administrator of Parapet did this. Ask one of them if you think it is a mistake.",
    retry: "as_another",
  }),
  email_missing: (name) => ({
    title: "Your e-mail address is missing",
    text: `${capital(name)} did not say what your e-mail address is, and Parapet needs one. Your administrator can have it sent (the scope or claim is called email).`,
    retry: null,
  }),
  email_taken: (name) => ({
    title: "Someone here has your e-mail address",
    text: `There is a user with this address already, and an address alone does not prove that you are the same person. Sign in with the password if it is you, or ask your administrator to connect ${name} with it.`,
    retry: "as_another",
  }),
  no_administrator: () => ({
    title: "The administrator comes first",
    text: "Nobody runs this installation yet. Someone whose group is given the role admin signs in first, or opens the link that Parapet printed when it started; then everyone else can.",
    retry: "again",
  }),
  limited: () => ({
    title: "Too many tries",
    text: "Too many sign-ins from your network came to nothing. Wait a quarter of an hour, then try again.",
    retry: null,
  }),
};

/** The words for a code in the address; any other is taken for the most harmless one. */
export function explainProblem(code: unknown, name: string): Words {
  const known =
    typeof code === "string" && Object.hasOwn(words, code) ? (code as SignInProblemCode) : "stale";
  return words[known](name);
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
