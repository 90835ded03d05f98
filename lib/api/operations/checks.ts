import { z } from "zod";
import { type CheckCounts, sumCheckCounts } from "#db/findings/check-counts.ts";
import { catalogue } from "../../checks/index.ts";
import { type AnyCheck, severities } from "../../checks/model.ts";
import { controlsOf } from "../../compliance/frameworks.ts";
import { DomainError } from "../../errors.ts";
import { clouds } from "../../inventory/model.ts";
import { defineOperation } from "../operation.ts";
import { Check, CheckDetail } from "../schemas/checks.ts";
import { Id } from "../schemas/common.ts";

const some = <T extends z.ZodType>(one: T) => z.array(one).max(100).default([]);
const nothing: CheckCounts = { pass: 0, fail: 0, unknown: 0, manual: 0 };

const viewOf = ({ id, title, severity, resource }: AnyCheck, counts: CheckCounts | undefined) => {
  const [cloud, service = ""] = id.split(".");
  return {
    ...{ id, title, severity, resource, service },
    cloud: clouds.find((each) => each === cloud) ?? clouds[0],
    counts: counts ?? nothing,
  };
};

const has = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value);

export const checkOperations = [
  defineOperation({
    id: "listChecks",
    method: "GET",
    path: "/checks",
    tag: "Checks",
    summary: "The checks of the catalogue, with how many resources have each verdict",
    permission: "findings:read",
    query: z.strictObject({
      cloud: some(z.enum(clouds)),
      service: some(z.string().max(100)),
      severity: some(z.enum(severities)),
      text: z.string().trim().max(200).default("").describe("Part of the title or id."),
    }),
    response: z.object({ data: z.array(Check) }),
    run: async ({ db, scope, query: { cloud, service, severity, text } }) => {
      const counts = await sumCheckCounts(db, scope);
      const all = catalogue.map((check) => viewOf(check, counts.get(check.id)));
      return {
        data: all.filter(
          (check) =>
            has(cloud, check.cloud) &&
            has(service, check.service) &&
            has(severity, check.severity) &&
            `${check.title} ${check.id}`.toLowerCase().includes(text.toLowerCase()),
        ),
      };
    },
  }),
  defineOperation({
    id: "getCheck",
    method: "GET",
    path: "/checks/{checkId}",
    tag: "Checks",
    summary: "One check: what it wants, why, and how to get there",
    permission: "findings:read",
    params: z.object({ checkId: Id.max(200) }),
    response: CheckDetail,
    run: async ({ db, scope, params }) => {
      const check = catalogue.find(({ id }) => id === params.checkId);
      if (!check) throw new DomainError("not_found", "There is no check with this id.");
      const counts = await sumCheckCounts(db, scope);
      const { context = [], dependsOnTime = false, permissions, risk, remediation } = check;
      const { text, url, console: steps = [], cli = null, terraform = null } = remediation;
      return {
        ...viewOf(check, counts.get(check.id)),
        ...{ context: [...context], dependsOnTime, permissions: [...permissions], risk },
        remediation: { text, url, console: [...steps], cli, terraform },
        controls: controlsOf(check.id).map((control) => ({ ...control })),
      };
    },
  }),
];
