"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function SlaError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The due dates could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was changed, and findings keep the dates that they have. If trying again doesn't help, Parapet's
      log says why.
    </ErrorState>
  );
}
