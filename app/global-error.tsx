"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import "./globals.css";

/** When even the frame of the pages could not be rendered, such as with the database out of reach. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Parapet is not available</title>
        <main className="grid min-h-dvh place-items-center">
          <ErrorState
            title="Parapet is not available right now"
            action={
              <Button look="primary" onClick={reset}>
                Try again
              </Button>
            }
          >
            Nothing was changed and nothing is lost. Most often its database can't be reached; the log of the
            process says why.
          </ErrorState>
        </main>
      </body>
    </html>
  );
}
