import { redirect } from "next/navigation";
import { database } from "#db/client.ts";
import { getLatestScans } from "#db/scans/queries.ts";
import { requireScope } from "#lib/auth/session.ts";

/** Until a first scan has ended there is nothing to work on but the scan itself. */
export default async function Home() {
  const { last } = await getLatestScans(database().db, await requireScope());
  redirect(last ? "/findings" : "/scans");
}
