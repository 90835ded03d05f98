"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { VisibilityFields } from "../../_components/visibility-fields.tsx";
import { setVisibilityAction } from "../../actions.ts";
import type { AccountChoice } from "../../read-account-choices.ts";

/** Which accounts somebody sees; to be changed, or why they can't be. */
export function VisibilityPart({
  user,
  accounts,
  fixed,
}: {
  user: { id: string; revision: number; seesAllAccounts: boolean; accountIds: readonly string[] };
  accounts: readonly AccountChoice[];
  fixed: string | null;
}) {
  const [sees, setSees] = useState<"all" | "some">(user.seesAllAccounts ? "all" : "some");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(user.accountIds));
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  const names = accounts.filter(({ id }) => user.accountIds.includes(id)).map(({ name }) => name);
  if (fixed) {
    return (
      <div className="max-w-[64ch] text-14 text-pretty">
        <p>
          {user.seesAllAccounts ? (
            "Every account, also those that are connected later."
          ) : (
            <Untrusted text={names.join(", ") || "None."} limit={600} />
          )}
        </p>
        <p className="mt-1.5 text-13 text-ink-faint">{fixed}</p>
      </div>
    );
  }
  const isChanged =
    (sees === "all") !== user.seesAllAccounts ||
    (sees === "some" &&
      (chosen.size !== user.accountIds.length || user.accountIds.some((id) => !chosen.has(id))));
  const save = () =>
    start(async () => {
      const accountIds = [...chosen];
      const result = await setVisibilityAction(
        user.id,
        user.revision,
        sees === "all" ? { sees } : { sees, accountIds },
      );
      setProblem(result.ok ? "" : (result.fields.accountIds ?? result.message));
    });
  return (
    <div className="grid gap-3">
      <VisibilityFields
        accounts={accounts}
        sees={sees}
        chosen={chosen}
        onSees={setSees}
        onChosen={setChosen}
        problem={problem || undefined}
      />
      {isChanged ? (
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" aria-disabled={pending} onClick={pending ? undefined : save}>
            {pending ? "Saving…" : saySave(sees, chosen.size)}
          </Button>
          <span className="text-13 text-ink-soft">Counts from their next click.</span>
        </div>
      ) : null}
    </div>
  );
}

function saySave(sees: "all" | "some", chosen: number): string {
  if (sees === "all") return "Show them every account";
  if (chosen === 0) return "Show them no account";
  return `Show them ${chosen === 1 ? "this account" : `these ${chosen.toLocaleString("en")}`}`;
}
