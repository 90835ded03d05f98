"use client";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import type { AccountChoice } from "../read-account-choices.ts";
import { AccountPicker } from "./account-picker.tsx";

/** What somebody is to see, as the mutations take it. */
export type VisibilityDraft = { sees: "all" } | { sees: "some"; accountIds: readonly string[] };

/** Every account, or which ones; what was ticked is kept while one looks at the other choice. */
export function VisibilityFields({
  accounts,
  sees,
  chosen,
  onSees,
  onChosen,
  problem,
}: {
  accounts: readonly AccountChoice[];
  sees: "all" | "some";
  chosen: ReadonlySet<string>;
  onSees: (sees: "all" | "some") => void;
  onChosen: (chosen: ReadonlySet<string>) => void;
  problem?: string | undefined;
}) {
  return (
    <div className="grid gap-3">
      <ChoiceCards
        legend="Which accounts they see"
        name="sees"
        chosen={sees}
        onChoose={onSees}
        columns={2}
        choices={[
          { value: "all", title: "Every account", text: "Also those that are connected later." },
          {
            value: "some",
            title: "Only these",
            text: "Findings, resources and scans of the others don't exist for them.",
          },
        ]}
      />
      {sees === "some" ? <AccountPicker accounts={accounts} chosen={chosen} onChange={onChosen} /> : null}
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
