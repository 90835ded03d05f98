import { collectionOf, type GcpApi, GcpError, type GcpProject } from "../model.ts";
import { newId } from "../operations.ts";
import { namedResourceRoutes } from "./named-resources.ts";

/** An alert policy as the API has it. `monitoring.alertPolicies`, by the number that ends its name. */
export type AlertPolicyJson = {
  name: string;
  displayName: string;
  enabled: boolean;
  combiner: string;
  conditions: object[];
  notificationChannels?: string[];
  userLabels?: Record<string, string>;
};

export const alertPoliciesOf = (project: GcpProject): Map<string, AlertPolicyJson> =>
  collectionOf(project, "monitoring.alertPolicies");

export const monitoringApi: GcpApi = {
  host: "monitoring.googleapis.com",
  title: "Cloud Monitoring API",
  errors: "rpc",
  routes: namedResourceRoutes<AlertPolicyJson>({
    path: "/v3/projects/{project}/alertPolicies",
    label: "policy",
    field: "alertPolicies",
    permission: "monitoring.alertPolicies",
    update: "PATCH",
    of: ({ project }) => alertPoliciesOf(project),
    make: ({ project, body }) => {
      const { displayName, conditions } = body;
      if (typeof displayName !== "string" || !Array.isArray(conditions) || conditions.length === 0) {
        throw new GcpError("INVALID_ARGUMENT", "An alert policy needs a display name and a condition.");
      }
      const key = newId();
      const name = `projects/${project.id}/alertPolicies/${key}`;
      const combiner = typeof body.combiner === "string" ? body.combiner : "OR";
      return {
        key,
        resource: { enabled: true, ...body, name, displayName, combiner, conditions },
      };
    },
  }),
};
