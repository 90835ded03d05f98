import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { database } from "#db/client.ts";
import { countUsers, findServedOrganisation, listPersonas } from "#db/identity/queries.ts";
import { safeNextPath } from "#lib/auth/next-path.ts";
import { currentSession } from "#lib/auth/session.ts";
import { env } from "#lib/env.ts";
import { AuthFrame } from "../_components/auth-frame.tsx";
import { OidcLink } from "./_components/oidc-link.tsx";
import { PasswordForm } from "./_components/password-form.tsx";
import { PersonaList } from "./_components/persona-list.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = safeNextPath((await searchParams).next);
  if (await currentSession()) redirect(next as Route);
  return env().sandbox ? <SandboxSignIn next={next} /> : <OwnSignIn next={next} />;
}

async function SandboxSignIn({ next }: { next: string }) {
  const personas = await listPersonas(database().db);
  const organisation = personas[0]?.organisation ?? "Acme";
  return (
    <AuthFrame
      title={`Who are you at ${organisation}?`}
      lead={`${organisation} is an invented company in a simulated cloud. Choose a person and look around: nothing real can be touched.`}
      note="Only this computer can open this page. With PARAPET_SANDBOX=off Parapet asks for passwords and watches your own accounts."
    >
      {personas.length > 0 ? (
        <PersonaList personas={personas} next={next} />
      ) : (
        <p className="text-14">
          The sandbox has no people yet. Start it with <code className="font-mono text-13">npm start</code>,
          which makes them.
        </p>
      )}
    </AuthFrame>
  );
}

async function OwnSignIn({ next }: { next: string }) {
  const { db } = database();
  const { oidc } = env();
  const organisation = await findServedOrganisation(db, { sandbox: false });
  const hasUsers = organisation !== null && (await countUsers(db, organisation.id)) > 0;
  if (!hasUsers) {
    return (
      <AuthFrame title="Almost there" lead="Nobody can sign in yet: the administrator comes first.">
        <div className="grid justify-items-start gap-6">
          <p className="max-w-[56ch] text-pretty text-14">
            When Parapet started, it printed a link that creates the administrator. Open that link in this
            browser. It works once and for 24 hours; each start prints a new one.
          </p>
          {oidc ? (
            <>
              <p className="max-w-[56ch] text-pretty text-14">
                Or sign in through {oidc.name}, if your group there is given the role of an administrator.
              </p>
              <OidcLink name={oidc.name} next={next} />
            </>
          ) : null}
        </div>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="Sign in"
      lead="See what stands open in your clouds, close it, and prove that it is closed."
    >
      {oidc ? (
        <div className="mb-7 grid max-w-sm gap-7">
          <OidcLink name={oidc.name} next={next} />
          <p className="flex items-center gap-3 text-13 text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or with a password
          </p>
        </div>
      ) : null}
      <PasswordForm next={next} isSecondary={oidc !== undefined} />
    </AuthFrame>
  );
}
