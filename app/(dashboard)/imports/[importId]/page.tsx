import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { database } from "#db/client.ts";
import { getImport, listDuplicates, listRejections } from "#db/imports/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { LiveRefresh } from "../../../_shell/live-refresh.tsx";
import { ImportDetail } from "../_components/import-detail.tsx";
import { isUnderWay } from "../say-import.ts";
import { parseImportSearch, type RawSearch } from "../search-params.ts";

export const metadata: Metadata = { title: "Import" };

const pageSize = 50;

export default async function ImportPage({
  params,
  searchParams,
}: {
  params: Promise<{ importId: string }>;
  searchParams: Promise<RawSearch>;
}) {
  const [scope, { importId }, at] = [
    await requireScope(),
    await params,
    parseImportSearch(await searchParams),
  ];
  const { db } = database();
  const found = await getImport(db, scope, importId).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  });
  const [rejected, differing, agreeing] = await Promise.all([
    listRejections(db, scope, importId, { limit: pageSize, after: at.rejected }),
    listDuplicates(db, scope, importId, { contradicts: true, limit: pageSize, after: at.differing }),
    listDuplicates(db, scope, importId, { contradicts: false, limit: pageSize, after: at.agreeing }),
  ]);
  return (
    <>
      <LiveRefresh active={isUnderWay(found)} />
      <ImportDetail
        found={found}
        rejected={rejected}
        differing={differing}
        agreeing={agreeing}
        at={at}
        now={new Date().toISOString()}
      />
    </>
  );
}
