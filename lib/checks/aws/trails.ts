import { fail, pass, type Related, unknown, type Verdict } from "#lib/checks/model.ts";
import type { CloudTrailKinds } from "#lib/inventory/aws/cloudtrail.kinds.ts";

type Trail = CloudTrailKinds["aws.cloudtrail.trail"];

/**
 * Passes when the account has a multi-region trail that is logging and that `records` says `true` of.
 *
 * @param without The reason, without a full stop, when it has none.
 * @param records `true`, what is wrong with the trail, or `undefined` when that could not be read.
 */
export function judgeTrails(
  related: Related<"aws.cloudtrail.trail">,
  without: string,
  records: (trail: Trail) => true | string | undefined,
): Verdict {
  const { items, complete } = related.of("aws.cloudtrail.trail");
  const faults: string[] = [];
  let unread = !complete;
  for (const { name, config } of items) {
    const recorded = records(config);
    const logging = config.status?.isLogging;
    if (config.isMultiRegion && logging && recorded === true) return pass();
    if (config.isMultiRegion === false) faults.push(`${name} covers ${config.homeRegion} alone`);
    else if (logging === false) faults.push(`${name} is not logging`);
    else if (typeof recorded === "string") faults.push(`${name} ${recorded}`);
    else unread = true;
  }
  if (unread) return unknown("trails of the account");
  return fail(faults.length ? `${without}: ${faults.join(", ")}.` : `${without}: the account has no trail.`);
}
