import { EmptyState } from "#components/ui/empty-state.tsx";

/** For whoever sees only some of the organisation's accounts. */
export const TrailWithheld = () => (
  <div className="mt-5 border-t border-line">
    <EmptyState title="The trail is the whole organisation's">
      You see only some of its accounts, and an entry may be about any of them. Ask an administrator to let
      you see every account, or somebody who does to look for you.
    </EmptyState>
  </div>
);
