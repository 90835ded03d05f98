import type { Metadata } from "next";
import { getAuditPolicy, listAuditArchives, listAuditCategories, listAuditHolds } from "#db/audit/keeping.ts";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { env } from "#lib/env.ts";
import { LiveRefresh } from "../../../_shell/live-refresh.tsx";
import { Part } from "../_components/part.tsx";
import { Archives } from "./_components/archives.tsx";
import { Holds } from "./_components/holds.tsx";
import { PolicyForm } from "./_components/policy-form.tsx";

export const metadata: Metadata = { title: "Keeping the audit trail" };

/** How long entries stay in the database, what holds them there, and where they go then. */
export default async function KeepingPage() {
  const scope = await requireScope();
  // The layout says so to who may not see this.
  if (!scope.can("audit:read") || scope.accountIds !== null) return null;
  const { db } = database();
  const [policy, categories, holds, archives] = await Promise.all([
    getAuditPolicy(db, scope),
    listAuditCategories(db, scope),
    listAuditHolds(db, scope),
    listAuditArchives(db, scope),
  ]);
  const may = scope.can("audit:manage");
  const now = new Date().toISOString();
  return (
    <>
      <LiveRefresh active />
      <Part
        id="keep"
        title="How long"
        about="Entries are never deleted: what leaves the database was written to archive files first, with proofs that it is what was sealed."
      >
        <PolicyForm key={policy.revision} policy={policy} categories={categories} may={may} />
      </Part>
      <Part
        id="holds"
        title="Legal holds"
        about="While one is in force, nothing that it covers leaves the database, and nobody in the trail can be erased."
      >
        <Holds holds={holds} may={may} now={now} />
      </Part>
      <Part
        id="archives"
        title="Archives"
        about="Each file verifies by itself, with nothing but the trail's public key."
      >
        <Archives
          archives={archives}
          folder={may ? env().auditArchive : null}
          mayAsk={may}
          mayTake={scope.can("audit:export")}
          now={now}
        />
      </Part>
    </>
  );
}
