import { AwsError, type Handler } from "../model.ts";
import { findAccount } from "./state.ts";

type Handlers = Record<string, Handler<never, object>>;

/**
 * Answers as a region does that isn't enabled for the account: it doesn't know the caller.
 * @param code The service's word for that, such as `AuthFailure`.
 */
export function refuseDisabledRegions<H extends Handlers>(
  handlers: H,
  code: string,
  status?: number,
): Handlers {
  return guard(handlers, (_input, call) => {
    if (findAccount(call).regions.includes(call.region)) return;
    throw new AwsError(code, "The security token included in the request is invalid.", status);
  });
}

/** EC2's rehearsal: a request with `DryRun` is refused by the error that says it would have worked. */
export function honourDryRun<H extends Handlers>(handlers: H): Handlers {
  return guard(handlers, (input) => {
    if (!("DryRun" in input) || input.DryRun !== true) return;
    throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
  });
}

function guard(handlers: Handlers, check: (...request: Parameters<Handler<object>>) => void): Handlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([operation, handle]): [string, Handler<never, object>] => [
      operation,
      (input, call) => {
        check(input, call);
        return handle(input, call);
      },
    ]),
  );
}
