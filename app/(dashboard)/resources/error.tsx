"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function ResourcesError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The inventory could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was changed: what scans found is still kept. If trying again doesn't help, Parapet's log says
      why.
    </ErrorState>
  );
}
