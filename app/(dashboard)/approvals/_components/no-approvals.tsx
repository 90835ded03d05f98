import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ApprovalsSearch } from "../search-params.ts";

/** What will be here, and how it gets here. */
export function NoApprovals({ search, mayDecide }: { search: ApprovalsSearch; mayDecide: boolean }) {
  if (search.exception || search.plan) {
    return (
      <EmptyState
        title="This request is not there"
        action={<LinkButton href="/approvals">Show what waits</LinkButton>}
      >
        It may be about accounts that you don't see, or its findings were deleted with their account.
      </EmptyState>
    );
  }
  const look = <LinkButton href="/findings">Look at the findings</LinkButton>;
  switch (search.show) {
    case "asked":
      return (
        <EmptyState title={mayDecide ? "Nothing waits for you" : "Nothing waits"} action={look}>
          When an analyst proposes to fix a finding, or asks to accept its risk, the request stands here until
          somebody else decides on it.
        </EmptyState>
      );
    case "own":
      return (
        <EmptyState title="You have asked for nothing" action={look}>
          Propose a fix on a finding's page; or, where mending it costs more than it is worth, ask to have the
          risk accepted until a date. What became of it stands here.
        </EmptyState>
      );
    case "decided":
      return (
        <EmptyState title="Nothing has been decided yet" action={look}>
          What was granted, rejected or withdrawn, and what has ended since, stays here with who decided and
          why.
        </EmptyState>
      );
  }
}
