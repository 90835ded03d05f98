import { TestResult } from "#components/accounts/test-result.tsx";
import { cloudName } from "#components/findings/service-names.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { ConnectionForm } from "./use-connection-form.ts";

/** What came of testing the form, of saving it, or what a test is for. */
export function TestPanel({
  cloud,
  form: { testing, result, refusal },
}: {
  cloud: Cloud;
  form: Pick<ConnectionForm, "testing" | "result" | "refusal">;
}) {
  return (
    <div aria-live="polite" aria-busy={testing} className="grid gap-4">
      {testing ? (
        <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
          Asking {cloudName(cloud)} who these credentials speak for and what they may do. It takes seconds,
          half a minute at most.
        </p>
      ) : result ? (
        <div className="rounded border border-line bg-surface px-4 py-3.5">
          <TestResult test={result} />
        </div>
      ) : (
        <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
          A test shows whom the credentials speak for and what is missing. Nothing is stored by it.
        </p>
      )}
      {refusal ? (
        <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14">
          {refusal}
        </p>
      ) : null}
    </div>
  );
}
