import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { AzureNetworkKinds } from "#lib/inventory/azure/network.kinds.ts";

type FlowLog = AzureNetworkKinds["azure.network.flow-log"];

const wantedDays = 90;

/** Records that are kept long enough; 0 days stands for no limit. */
export function judgeRetention({ enabled, retentionDays }: FlowLog): Verdict {
  if (enabled === false) return fail("The flow log is switched off.", "/enabled");
  if (retentionDays !== undefined && retentionDays > 0 && retentionDays < wantedDays)
    return fail(`Records are deleted after ${days(retentionDays)}.`, "/retentionDays");
  if (enabled === undefined) return unknown("whether the flow log is on");
  return retentionDays === undefined ? unknown("retention") : pass();
}

const days = (count: number) => (count === 1 ? "1 day" : `${count} days`);
