"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function UsersError({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState
      title="The users could not be read"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing was changed, and everybody who is signed in stays so. If trying again doesn't help, Parapet's
      log says why.
    </ErrorState>
  );
}
