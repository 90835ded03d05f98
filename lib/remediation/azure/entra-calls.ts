import { z } from "zod";
import { azRest, defineAzureCall, graphUrl } from "./azure-call.ts";

export const securityDefaultsPath = "/policies/identitySecurityDefaultsEnforcementPolicy";
export const accessPoliciesPath = "/identity/conditionalAccess/policies";

/** The policy by which Parapet has everyone asked for a second factor, by its name. */
export const mfaPolicyName = "Parapet: second factor for everyone";

export const policyStates = ["enabled", "disabled", "enabledForReportingButNotEnforced"] as const;

const MfaPolicy = z.object({
  state: z.enum(policyStates),
  /** Object ids of the accounts that are left out, for emergencies. */
  excludeUsers: z.array(z.string()).max(2),
});

const policyBody = ({ state, excludeUsers }: z.infer<typeof MfaPolicy>) => ({
  displayName: mfaPolicyName,
  state,
  conditions: {
    clientAppTypes: ["all"],
    applications: { includeApplications: ["All"] },
    users: { includeUsers: ["All"], excludeUsers },
  },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
});

const policyUrl = (id: unknown): string =>
  graphUrl(`${accessPoliciesPath}/${typeof id === "string" ? id : "POLICY_ID"}`);

export const entraCalls = [
  defineAzureCall({
    api: "azure.graph.securityDefaults.update",
    input: z.object({ isEnabled: z.boolean() }),
    permissions: ["Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"],
    async send({ clients }, body, { signal }) {
      await clients.graph.patch(securityDefaultsPath, body, { signal });
      return null;
    },
    command: (body) => azRest("patch", graphUrl(securityDefaultsPath), body),
  }),
  defineAzureCall({
    api: "azure.graph.conditionalAccessPolicies.create",
    input: MfaPolicy,
    permissions: ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
    async send({ clients }, input, { signal }) {
      const { id } = await clients.graph.post(accessPoliciesPath, policyBody(input), { signal });
      return { id: z.string().parse(id) };
    },
    // It is made only where there is none of its name.
    async find({ clients }, _input, { signal }) {
      for await (const page of clients.graph.list(accessPoliciesPath, { signal })) {
        const made = page.find(({ displayName }) => displayName === mfaPolicyName);
        if (made) return { id: z.string().parse(made.id) };
      }
      return null;
    },
    command: (input) => azRest("post", graphUrl(accessPoliciesPath), policyBody(input)),
  }),
  defineAzureCall({
    api: "azure.graph.conditionalAccessPolicies.update",
    input: MfaPolicy.extend({ id: z.guid() }),
    permissions: ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
    async send({ clients }, { id, ...policy }, { signal }) {
      await clients.graph.patch(`${accessPoliciesPath}/${id}`, policyBody(policy), { signal });
      return null;
    },
    command: ({ id, ...policy }) => azRest("patch", policyUrl(id), policyBody(policy)),
  }),
  defineAzureCall({
    api: "azure.graph.conditionalAccessPolicies.delete",
    input: z.object({ id: z.guid() }),
    permissions: ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"],
    async send({ clients }, { id }, { signal }) {
      const gone = "Request_ResourceNotFound";
      await clients.graph.delete(`${accessPoliciesPath}/${id}`, { signal }).catch((error: unknown) => {
        if (!(error instanceof Error && "code" in error && error.code === gone)) throw error;
      });
      return null;
    },
    command: ({ id }) => azRest("delete", policyUrl(id)),
  }),
];
