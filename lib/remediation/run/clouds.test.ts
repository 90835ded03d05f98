import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { createTestCloud } from "../../scans/test-cloud.ts";
import { builtInPlaybooks } from "../playbooks/index.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";
import { createRuns } from "./test-runs.ts";

const cloud = await createTestCloud({ clouds: ["azure", "gcp"] });
const { db } = cloud.database;
const runs = await createRuns(cloud);

/** An open finding of each resource that a playbook is for, and every check that it fixes, scanned. */
async function findingsFor(playbookId: string): Promise<string[]> {
  const playbook = builtInPlaybooks.find(({ id }) => id === playbookId);
  if (!playbook) throw new Error(`There is no ${playbookId}.`);
  await cloud.scan({ checks: [...playbook.fixes] });
  const rows = await db.execute<{ id: string }>(sql`
    select f.id from findings f join accounts a on a.id = f.account_id
    where f.status = 'open' and a.cloud = ${playbook.clouds[0] ?? ""}
      and f.check_id in (select jsonb_array_elements_text(${JSON.stringify(playbook.fixes)}::jsonb)) order by f.id limit 2
  `);
  return rows.map(({ id }) => id);
}

it.each(["AZURE-BLOB-PUBLIC", "AZURE-NSG-RESTRICTION", "GCP-PUBLIC-BUCKET", "GCP-FW-RESTRICTION"])(
  "%s is carried out by a worker, proved by a scan of its own, and rolled back",
  { timeout: 120_000 },
  async (id) => {
    const ids = await findingsFor(id);
    const states = async () => {
      const rows = await db.execute<{ id: string; status: string }>(sql`
      select id, status from findings where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
      return [...new Set(rows.map(({ status }) => status))];
    };
    const plan = await runs.approved(id, ids);
    const ended = await runs.reaches(plan.id, "succeeded", "failed", "changed_unverified");
    expect((await runs.targets(plan.id)).flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(ended).toMatchObject({ state: "succeeded", error: null });
    expect(await states()).toEqual(["resolved"]);
    await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "It was needed." });
    expect(await runs.reaches(plan.id, "rolled_back", "rollback_failed")).toMatchObject({
      state: "rolled_back",
    });
    expect(await states()).toEqual(["open"]);
  },
);
