"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { roleWords } from "#components/users/role-words.ts";
import type { Role } from "#db/identity/roles.ts";
import { RoleChoice } from "../../_components/role-choice.tsx";
import { changeRoleAction } from "../../actions.ts";

/** The role with what it may do; to be changed, or why it can't be. */
export function RolePart({
  user,
  fixed,
}: {
  user: { id: string; role: Role; revision: number };
  fixed: string | null;
}) {
  const [role, setRole] = useState(user.role);
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  if (fixed) {
    return (
      <div className="max-w-[64ch] text-14 text-pretty">
        <p>
          <span className="font-[540]">{roleWords[user.role].title}.</span>{" "}
          <span className="text-ink-soft">{roleWords[user.role].text}</span>
        </p>
        <p className="mt-1.5 text-13 text-ink-faint">{fixed}</p>
      </div>
    );
  }
  const save = () =>
    start(async () => {
      const result = await changeRoleAction(user.id, user.revision, role);
      setProblem(result.ok ? "" : result.message);
    });
  return (
    <div className="grid gap-3">
      <RoleChoice chosen={role} onChoose={setRole} />
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
      {role === user.role ? null : (
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" aria-disabled={pending} onClick={pending ? undefined : save}>
            {pending ? "Saving…" : `Make them ${roleWords[role].title}`}
          </Button>
          <Button look="plain" onClick={() => setRole(user.role)}>
            Leave it
          </Button>
          <span className="text-13 text-ink-soft">Counts from their next click.</span>
        </div>
      )}
    </div>
  );
}
