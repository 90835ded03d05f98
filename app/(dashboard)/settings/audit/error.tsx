"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function AuditSettingsError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The trail's settings could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was changed, and the trail goes on being written. If trying again doesn't help, Parapet's log
      says why.
    </ErrorState>
  );
}
