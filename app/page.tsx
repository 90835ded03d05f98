import { redirect } from "next/navigation";
import { database } from "#db/client.ts";
import { getLatestScans, listScanChoices } from "#db/scans/queries.ts";
import { requireScope } from "#lib/auth/session.ts";

/** Until a first scan has ended there is nothing to work on but getting there. */
export default async function Home() {
  const scope = await requireScope();
  const { db } = database();
  const [{ last }, { accounts }] = await Promise.all([getLatestScans(db, scope), listScanChoices(db, scope)]);
  if (last) redirect("/findings");
  redirect(accounts.length === 0 || scope.can("accounts:manage") ? "/welcome" : "/scans");
}
