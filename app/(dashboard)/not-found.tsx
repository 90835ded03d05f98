import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function DashboardNotFound() {
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <EmptyState title="Nothing is here" action={<LinkButton href="/">Go to the start</LinkButton>}>
        The address may be mistyped, or what it named belongs to another organisation or no longer exists.
      </EmptyState>
    </div>
  );
}
