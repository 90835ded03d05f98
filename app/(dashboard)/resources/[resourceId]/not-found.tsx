import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function ResourceNotFound() {
  return (
    <EmptyState
      title="There is no such resource"
      action={
        <LinkButton look="primary" href="/resources">
          All resources
        </LinkButton>
      }
    >
      The address may be mistyped, the account may have been removed, or you may not be allowed to see it.
    </EmptyState>
  );
}
