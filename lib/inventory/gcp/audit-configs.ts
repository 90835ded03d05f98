import { cut, oneOf, required } from "../answers.ts";
import type { AuditConfig } from "./resourcemanager.kinds.ts";

type PolicyAnswer = {
  auditConfigs?:
    | {
        service?: string | null;
        auditLogConfigs?: { logType?: string | null; exemptedMembers?: string[] | null }[] | null;
      }[]
    | null;
};

/** What a policy of a project, folder or organization has logged, as `getIamPolicy` answers it; left out when nothing. */
export const auditConfigsOf = ({ auditConfigs }: PolicyAnswer): AuditConfig[] =>
  (auditConfigs ?? []).map(({ service, auditLogConfigs }) => ({
    service: cut(required(service, "service")),
    logs: (auditLogConfigs ?? []).map(({ logType, exemptedMembers }) => ({
      type: oneOf(logType ?? undefined, ["ADMIN_READ", "DATA_READ", "DATA_WRITE"], "logType"),
      exemptedMembers: (exemptedMembers ?? []).map(cut),
    })),
  }));
