import { DomainError } from "../../errors.ts";

/** Refuses an `after` that no page gave. */
export function refuseCursor(cause?: unknown): never {
  if (cause !== undefined && !(cause instanceof DomainError)) throw cause;
  const after = "It is no cursor of this list. Begin again without it.";
  throw new DomainError("invalid_input", `The query can't be used. after: ${after}`, {
    cause,
    fields: { after },
  });
}
