"use client";
import { useState, useTransition } from "react";
import type { ActionResult } from "#app/_actions/action.ts";
import { Button } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { UserView } from "#db/identity/user-queries.ts";
import { LinkOnce } from "../../_components/link-once.tsx";
import {
  cancelLinkAction,
  createPasswordResetAction,
  resendInvitationAction,
  type ShownLink,
} from "../../actions.ts";

/** By what somebody signs in, and the link by which they set a password. */
export function SignInPart({
  user,
  provider,
  mayChange,
  now,
}: {
  user: Pick<UserView, "id" | "name" | "state" | "hasPassword" | "link">;
  provider: string | null;
  mayChange: boolean;
  now: string;
}) {
  const [shown, setShown] = useState<ShownLink>();
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  const { id, state, hasPassword, link } = user;
  const make = (action: (userId: string) => Promise<ActionResult<ShownLink>>) =>
    start(async () => {
      const result = await action(id);
      setProblem(result.ok ? "" : result.message);
      setShown(result.ok ? result.value : undefined);
    });
  const cancel = () =>
    start(async () => {
      const result = await cancelLinkAction(id);
      setProblem(result.ok ? "" : result.message);
      setShown(undefined);
    });
  const isInvited = !hasPassword && state !== "active" && provider === null;
  return (
    <div className="grid gap-3">
      <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
        {hasPassword && provider
          ? `By a password, or through ${provider}.`
          : hasPassword
            ? "By a password."
            : provider
              ? `Through ${provider}; there is no password here.`
              : isInvited
                ? "Not at all yet: they have set no password."
                : "Through an identity provider that is not in use at present."}
        {link ? (
          <>
            {" "}
            A link to {link.kind === "invitation" ? "come in" : "reset the password"} was made{" "}
            <Time at={link.createdAt} now={now} /> and works until it is used or{" "}
            <Time at={link.expiresAt} now={now} />.
          </>
        ) : null}
      </p>
      {shown ? <LinkOnce link={shown} name={user.name} /> : null}
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          <Untrusted text={problem} limit={400} />
        </p>
      ) : null}
      {mayChange && state !== "disabled" ? (
        <div className="flex flex-wrap gap-2">
          {isInvited ? (
            <Button aria-disabled={pending} onClick={() => !pending && make(resendInvitationAction)}>
              {link ? "Make another link" : "Make a new invitation"}
            </Button>
          ) : hasPassword ? (
            <Button aria-disabled={pending} onClick={() => !pending && make(createPasswordResetAction)}>
              {link ? "Make another link" : "Make a link to reset the password"}
            </Button>
          ) : null}
          {link ? (
            <Button look="plain" aria-disabled={pending} onClick={() => !pending && cancel()}>
              Take the link back
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
