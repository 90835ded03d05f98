import { and, eq, isNull } from "drizzle-orm";
import { auditHolds } from "#db/audit/schema.ts";

/** The legal holds of an organisation that nobody has lifted. */
export const holdsInForce = (organisationId: string) =>
  and(eq(auditHolds.organisationId, organisationId), isNull(auditHolds.liftedAt));
