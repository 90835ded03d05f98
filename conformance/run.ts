import { awsChecks } from "#lib/checks/aws/index.ts";
import { rehearseAnchors } from "./anchors.ts";
import { buildEstate } from "./estate/index.ts";
import { expected, expectedGaps, expectedLater, inexpressible } from "./expected.ts";
import { installMoto, MotoUnavailable, motoVersion, startMoto } from "./moto.ts";
import { rehearseAll } from "./remediation.ts";
import { type Report, scanAt, scanByCommand } from "./scans.ts";

/** What automake and its kin take for "skipped": moto can't be had here, so nothing was found out. */
const skippedCode = 77;

const dayMs = 86_400_000;

type Tally = { passed: number; failures: string[] };

async function main(): Promise<number> {
  const tally: Tally = { passed: 0, failures: [] };
  const moto = await startMoto(await installMoto());
  try {
    const uids = await buildEstate(moto.url);
    const now = await scanByCommand(moto.url);
    compare(tally, expected, now, uids, "");
    const later = new Date(Date.now() + 100 * dayMs);
    const laterChecks = Object.keys(expectedLater);
    compare(tally, expectedLater, await scanAt(moto.url, later, laterChecks), uids, " in 100 days");
    compareGaps(tally, now);
    compareCoverage(tally);
    const fixes = await rehearseAll(moto.url, uids);
    tally.passed += fixes.passed;
    tally.failures.push(...fixes.failures);
    const anchors = await rehearseAnchors(moto.url);
    tally.passed += anchors.passed;
    tally.failures.push(...anchors.failures);
  } finally {
    await moto.close();
  }
  for (const failure of tally.failures) console.log(`✗ ${failure}`);
  console.log(`Against moto ${motoVersion}; what it can't express:`);
  for (const [check, reason] of Object.entries(inexpressible)) console.log(`  ${check}: ${reason}`);
  for (const gap of expectedGaps) console.log(`  ${gap.operation}: ${gap.because}`);
  console.log(`${tally.passed} passed, ${tally.failures.length} failed`);
  return tally.failures.length > 0 ? 1 : 0;
}

function assert(tally: Tally, holds: boolean, failure: string): void {
  if (holds) tally.passed += 1;
  else tally.failures.push(failure);
}

/** Every verdict expected must be there, once, and as expected. */
function compare(
  tally: Tally,
  expectations: typeof expected,
  report: Report,
  uids: ReadonlyMap<string, string>,
  when: string,
): void {
  for (const [check, statuses] of Object.entries(expectations)) {
    for (const [status, names] of Object.entries(statuses)) {
      for (const name of names) {
        const uid = uids.get(name);
        const found = report.results.filter((one) => one.checkId === check && one.resourceUid === uid);
        const said = found
          .map((one) => (one.reason ? `${one.status} (${one.reason})` : one.status))
          .join(", ");
        assert(
          tally,
          found.length === 1 && found[0]?.status === status,
          `${check}${when}: ${name} should be ${status}, and is ${uid ? said || "not judged" : "not in the estate"}`,
        );
      }
    }
  }
}

/** What moto answers is read whole, but for what it is known to lack. */
function compareGaps(tally: Tally, report: Report): void {
  const known = (gap: Report["gaps"][number]) =>
    expectedGaps.some((one) => one.operation === gap.operation && one.code === gap.code);
  for (const gap of report.gaps.filter((one) => !known(one))) {
    assert(tally, false, `gap: ${gap.operation} on ${gap.resourceUid}: ${gap.code}, ${gap.message}`);
  }
  for (const one of expectedGaps) {
    const seen = report.gaps.some((gap) => gap.operation === one.operation && gap.code === one.code);
    assert(tally, seen, `${one.operation} leaves no gap any more; moto must have learnt it`);
  }
}

/** No check goes without an expectation, nor without a pass and a fail where moto can express both. */
function compareCoverage(tally: Tally): void {
  for (const { id } of awsChecks) {
    const both = (["pass", "fail"] as const).every(
      (status) => expected[id]?.[status]?.length || expectedLater[id]?.[status]?.length,
    );
    assert(
      tally,
      id in expected && both !== id in inexpressible,
      `${id} needs a pass and a fail, or a reason why moto can't express them`,
    );
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof MotoUnavailable)) throw error;
  console.log(`Skipped: ${error.message}`);
  process.exitCode = skippedCode;
}
