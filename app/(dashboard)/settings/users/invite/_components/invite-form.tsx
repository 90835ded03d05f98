"use client";
import { useState, useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { Role } from "#db/identity/roles.ts";
import { LinkOnce } from "../../_components/link-once.tsx";
import { RoleChoice } from "../../_components/role-choice.tsx";
import { VisibilityFields } from "../../_components/visibility-fields.tsx";
import { inviteUserAction, type ShownLink } from "../../actions.ts";
import type { AccountChoice } from "../../read-account-choices.ts";

/** Who, as what, for which accounts; then the link, in the place of the form. */
export function InviteForm({ accounts }: { accounts: readonly AccountChoice[] }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("analyst");
  const [sees, setSees] = useState<"all" | "some">("all");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [link, setLink] = useState<ShownLink>();
  const [pending, start] = useTransition();
  if (link) {
    return (
      <div className="grid max-w-2xl gap-5">
        <LinkOnce link={link} name={name} />
        <div className="flex flex-wrap gap-2.5">
          <LinkButton href={`/settings/users/${link.userId}`}>See {name.slice(0, 60)}</LinkButton>
          <Button
            look="plain"
            onClick={() => {
              setLink(undefined);
              setName("");
              setEmail("");
            }}
          >
            Invite another
          </Button>
        </div>
      </div>
    );
  }
  const invite = () =>
    start(async () => {
      const result = await inviteUserAction({
        name,
        email,
        role,
        visibility: sees === "all" ? { sees } : { sees, accountIds: [...chosen] },
      });
      setProblem(result.ok ? undefined : result);
      if (result.ok) setLink(result.value);
    });
  const fields = problem?.fields ?? {};
  const isAboutFields = ["name", "email", "accountIds"].some((field) => field in fields);
  return (
    <form
      className="grid max-w-3xl gap-8"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) invite();
      }}
    >
      {problem && !isAboutFields ? (
        <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14 text-ink">
          {problem.message}
        </p>
      ) : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Name" htmlFor="name" problem={fields.name}>
          <Input
            id="name"
            value={name}
            required
            maxLength={100}
            autoComplete="off"
            aria-invalid={fields.name !== undefined}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
        <Field
          label="E-mail"
          htmlFor="email"
          hint="What they sign in by. Nothing is sent there."
          problem={fields.email}
        >
          <Input
            id="email"
            type="email"
            value={email}
            required
            maxLength={254}
            autoComplete="off"
            aria-invalid={fields.email !== undefined}
            onChange={({ target }) => setEmail(target.value)}
          />
        </Field>
      </div>
      <Part title="Role">
        <RoleChoice chosen={role} onChoose={setRole} />
      </Part>
      <Part title="Accounts">
        <VisibilityFields
          accounts={accounts}
          sees={sees}
          chosen={chosen}
          onSees={setSees}
          onChosen={setChosen}
          problem={fields.accountIds}
        />
      </Part>
      <Button type="submit" look="primary" aria-disabled={pending} className="justify-self-start">
        {pending ? "Making the link…" : "Make the invitation"}
      </Button>
    </form>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="grid gap-3">
      <h2 className="text-16">{title}</h2>
      {children}
    </section>
  );
}
