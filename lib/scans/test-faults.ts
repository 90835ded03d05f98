import { beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "#lib/inventory/model.ts";
import { createTestCloud, type TestCloud } from "./test-cloud.ts";
import { hastenRetries, lies, watchFaults } from "./test-fault-state.ts";
import {
  failuresIn,
  forgetScans,
  readCounters,
  readFindings,
  readGaps,
  readOpen,
  readVerdicts,
} from "./test-state.ts";

/** What a cloud's sandbox is put through, by names of its own. Each act on the estate returns how to undo it. */
export type FaultedCloud = {
  cloud: Cloud;
  /** Acme's accounts to connect. */
  accounts: readonly string[];
  /** A service of ours, and a pattern over all of its permissions. */
  service: { name: string; permissions: string };
  /** A resource of that service, by a part of its uid. */
  victim: string;
  /** Permissions whose denial leaves resources listed and unread in part. */
  facets: readonly string[];
  /** The call that lists the service's resources, by the sandbox's name for it, and the permission it takes. */
  list: { operation: RegExp; permission: string };
  /** The call that describes the victim further. */
  describe: RegExp;
  removeVictim(cloud: TestCloud): () => void;
  tagVictim(cloud: TestCloud, tags: Record<string, string>): () => void;
  /** Has every identity lose what it may do. */
  revoke(cloud: TestCloud): () => void;
  /** What the provider says while a service is down. */
  outage(): Error;
};

const long = 180_000;

/** Every fault that scans must bear, tried on one cloud. Call it once per test file. */
export async function testFaults(faulted: FaultedCloud): Promise<void> {
  hastenRetries();
  const cloud = await createTestCloud({ clouds: [faulted.cloud], accounts: faulted.accounts });
  const { db } = cloud.database;
  const { faults } = cloud.sandbox;
  const { truth, expectWhole, histories, reset } = watchFaults(cloud);

  beforeEach(reset);

  it("finds without a fault what a scan that stores nothing finds", { timeout: long }, async () => {
    const expected = await truth();
    const verdicts = new Set(Object.values(expected));
    expect([verdicts.has("pass"), verdicts.has("fail"), verdicts.has("unknown")]).toEqual([
      true,
      true,
      false,
    ]);
    await expectWhole(await cloud.scan(), expected);
    const rows = "select id, xmin::text from resources order by id";
    const before = await db.execute(rows);
    await expectWhole(await cloud.scan(), expected);
    expect(await db.execute(rows)).toEqual(before);
  });

  describe("faults that pass", () => {
    it.each([
      ["throttling of three calls in ten", { throttleRate: 0.3 }],
      ["an internal error for one call in ten", { errorRate: 0.1 }],
      ["answers cut off", { truncateRate: 0.05, truncateMode: "cut" as const }],
      ["answers cut short without a word", { truncateRate: 0.05, truncateMode: "short" as const }],
      ["tokens that expire half-way, again and again", { expire: { afterCalls: 40 } }],
      ["a limit on calls per second", { throttleRps: 200 }],
    ])("%s cost nothing", { timeout: long }, async (_, settings) => {
      const expected = await truth();
      await forgetScans(db);
      faults.reset(settings);
      const scan = await cloud.scan();
      faults.reset();
      await expectWhole(scan, expected);
    });

    it("are counted as what they were", { timeout: long }, async () => {
      const count = async (settings: Parameters<typeof faults.reset>[0]) => {
        faults.reset(settings);
        const { id } = await cloud.scan({ services: [faulted.service.name] });
        const [sum] = await db.execute<{ calls: number; throttles: number }>(
          `select sum(calls)::int as calls, sum(throttles)::int as throttles from scan_units where scan_id = '${id}'`,
        );
        return sum ?? { calls: 0, throttles: 0 };
      };
      const undisturbed = await count({});
      const throttled = await count({ throttleRate: 0.5 });
      expect(undisturbed.throttles).toBe(0);
      expect(undisturbed.calls).toBeGreaterThan(0);
      expect(throttled.calls).toBe(undisturbed.calls);
      expect(throttled.throttles).toBeGreaterThan(0);
    });
  });

  describe("faults that stay", () => {
    it("by a denied service hide that service alone, and resolve nothing", { timeout: long }, async () => {
      const before = await truth();
      await expectWhole(await cloud.scan(), before);
      const open = await readOpen(db);
      const restore = faulted.removeVictim(cloud);
      faults.reset({ deny: [faulted.service.permissions] });
      const scan = await cloud.scan({ services: [faulted.service.name] });
      restore();
      expect(scan.status).toBe("completed");
      const gaps = await readGaps(db, scan.id);
      expect(gaps.length).toBeGreaterThan(0);
      expect(gaps.filter((gap) => !gap.startsWith(`${faulted.service.name} global denied `))).toEqual([]);
      expect(await readOpen(db)).toEqual(open);
      expect(lies(await readVerdicts(db), before)).toEqual([]);
    });

    it("on an empty store leave out what they hide, and never pass it", { timeout: long }, async () => {
      const expected = await truth();
      await forgetScans(db);
      faults.reset({ deny: [...faulted.facets] });
      const scan = await cloud.scan();
      const stored = await readVerdicts(db);
      expect(lies(stored, expected)).toEqual([]);
      expect((await readGaps(db, scan.id)).filter((gap) => !gap.includes(" denied "))).toEqual([]);
      expect(Object.values(stored).filter((verdict) => verdict === "unknown").length).toBeGreaterThan(3);
      faults.reset();
      await expectWhole(await cloud.scan(), expected);
      const found = Object.values(await readFindings(db));
      expect(found.every(({ history }) => history.join() === "opened")).toBe(true);
    });

    it("by rights that were revoked half-way resolve nothing", { timeout: long }, async () => {
      const before = await readVerdicts(db);
      const findings = await histories();
      let calls = 0;
      let restore = () => {};
      faults.beforeHandler = () => {
        calls += 1;
        if (calls === 5) restore = faulted.revoke(cloud);
      };
      const scan = await cloud.scan();
      restore();
      expect(scan.status).toBe("completed");
      const gaps = await readGaps(db, scan.id);
      expect(gaps.length).toBeGreaterThan(3);
      expect(gaps.filter((gap) => !/ (expired|denied) /.test(gap))).toEqual([]);
      expect(await histories()).toEqual(findings);
      expect(await readOpen(db)).toEqual(failuresIn(before));
      expect(lies(await readVerdicts(db), before)).toEqual([]);
    });

    it("by a service that is down, or answers in halves, are told apart", { timeout: long }, async () => {
      const { operation: listing, permission } = faulted.list;
      const open = await readOpen(db);
      faults.beforeHandler = ({ operation }) => {
        if (listing.test(operation)) throw faulted.outage();
      };
      const { name } = faulted.service;
      const down = await cloud.scan({ services: [name] });
      expect(await readGaps(db, down.id)).toContain(`${name} global unavailable ${permission} *`);
      expect(await readOpen(db)).toEqual(open);
      for (const mode of ["short", "cut"] as const) {
        faults.reset({ truncateMode: mode });
        faults.beforeHandler = ({ operation }) => {
          faults.truncateRate = listing.test(operation) ? 1 : 0;
        };
        const halved = await cloud.scan({ services: [name] });
        const code = mode === "short" ? "malformed" : "unavailable";
        expect(await readGaps(db, halved.id)).toContain(`${name} global ${code} ${permission} *`);
        expect(await readOpen(db)).toEqual(open);
      }
    });
  });

  describe("an estate that changes under the scan", () => {
    it("costs what was deleted between list and description, and nothing else", {
      timeout: long,
    }, async () => {
      await cloud.scan();
      let restore: (() => void) | null = null;
      faults.beforeHandler = ({ operation }, input) => {
        if (restore || !faulted.describe.test(operation)) return;
        if (JSON.stringify(input).toLowerCase().includes(faulted.victim.toLowerCase()))
          restore = faulted.removeVictim(cloud);
      };
      const scan = await cloud.scan();
      faults.reset();
      expect(restore).not.toBeNull();
      expect(await readGaps(db, scan.id)).toEqual([]);
      const findings = await readFindings(db);
      const gone = Object.keys(findings).filter((each) => findings[each]?.resolution === "resource_gone");
      expect(gone.length).toBeGreaterThan(0);
      expect(gone.filter((each) => !each.toLowerCase().includes(faulted.victim.toLowerCase()))).toEqual([]);
      await expectWhole(scan, await truth());
      restore = restore as (() => void) | null;
      restore?.();
      const again = await cloud.scan();
      await expectWhole(again, await truth());
      expect((await readFindings(db))[gone[0] ?? ""]).toMatchObject({ status: "open", reopened: 1 });
    });

    it("takes hostile names for what they are", { timeout: long }, async () => {
      const hostile = {
        script: "<script>alert('x')</script>&amp;\"'",
        rtl: "gnp.\u202esafe\u202c.exe",
        long: "x".repeat(10_000),
        quotes: `'; drop table resources; -- \\N \\. {"a":1} $1 %s`,
        control: "a\u0000b\ud800c",
        __proto__x: "=HYPERLINK(1)",
      };
      const restore = faulted.tagVictim(cloud, hostile);
      await expectWhole(await cloud.scan(), await truth());
      const [stored] = await db.execute<{ tags: Record<string, string> }>(
        `select tags from resources where uid ilike '%${faulted.victim}' and deleted_at is null`,
      );
      expect(stored?.tags).toEqual({
        ...hostile,
        long: `${"x".repeat(2_000)}…`,
        control: "a\ufffdb\ufffdc",
      });
      restore();
    });
  });

  it("has counted right throughout", async () => {
    const { stored, counted } = await readCounters(db);
    expect(stored).toEqual(counted);
  });
}
