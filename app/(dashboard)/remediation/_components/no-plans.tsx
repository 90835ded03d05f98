import type { Route } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { RemediationSearch } from "../search-params.ts";

const titles: Readonly<Record<RemediationSearch["show"], string>> = {
  all: "No fix has been proposed yet",
  waiting: "No fix waits for a decision",
  active: "Nothing is being changed",
  ended: "No fix has come to its end yet",
  own: "You have proposed no fix yet",
};

/** What will be here, and how it gets here. */
export function NoPlans({
  show,
  isNarrowed,
  mayPropose,
}: {
  show: RemediationSearch["show"];
  isNarrowed: boolean;
  mayPropose: boolean;
}) {
  if (isNarrowed) {
    return (
      <EmptyState
        title="No plan is like that"
        action={<LinkButton href={"/remediation" as Route}>Show all</LinkButton>}
      >
        Nothing here fits what the list is narrowed to.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={titles[show]}
      action={<LinkButton href={"/findings" as Route}>Look at the findings</LinkButton>}
    >
      {mayPropose
        ? "Open a finding and propose a fix. You see exactly what would be changed; it is done once somebody else has approved it, and can be taken back."
        : "An analyst proposes a fix on a finding's page. It is done once a manager or the CISO has approved it, and can be taken back."}
    </EmptyState>
  );
}
