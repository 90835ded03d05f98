import type { AnyCheck } from "../model.ts";
import { securityGroupAllPorts } from "./network/security-group-all-ports.ts";
import { securityGroupHttp } from "./network/security-group-http.ts";
import { securityGroupRdp } from "./network/security-group-rdp.ts";
import { securityGroupSsh } from "./network/security-group-ssh.ts";
import { securityGroupUdp } from "./network/security-group-udp.ts";

/** The checks of Azure, in catalogue order. A check that isn't listed here doesn't run. */
export const azureChecks: readonly AnyCheck[] = [
  securityGroupAllPorts,
  securityGroupHttp,
  securityGroupRdp,
  securityGroupSsh,
  securityGroupUdp,
];
