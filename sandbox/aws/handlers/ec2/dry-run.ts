import { AwsError, type Handler, type Service } from "../../model.ts";

/** EC2's rehearsal: a request with `DryRun` is refused by the error that says it would have worked. */
export function honourDryRun(handlers: Service["handlers"]): Service["handlers"] {
  return Object.fromEntries(
    Object.entries(handlers).map(([operation, handle]): [string, Handler<never, object>] => [
      operation,
      (input: object, call) => {
        if ("DryRun" in input && input.DryRun === true) {
          const message = "Request would have succeeded, but DryRun flag is set.";
          throw new AwsError("DryRunOperation", message, 412);
        }
        return handle(input as never, call);
      },
    ]),
  );
}
