import type { IamPolicy } from "../iam-policy.ts";
import { policyIn, readPolicy, writePolicy } from "../iam-policy.ts";
import {
  collectionOf,
  type GcpCall,
  GcpError,
  type GcpIdentity,
  type GcpProject,
  type GcpRequest,
  type GcpRoute,
} from "../model.ts";
import type { ContactJson } from "./essentialcontacts.ts";
import type { SinkJson } from "./logging.ts";

/**
 * A folder or an organization. `resourcemanager.ancestors`, by name, nearest to the project first; projects under one share
 * the object.
 */
export type AncestorState = {
  /** `folders/<number>` or `organizations/<number>`. */
  name: string;
  policy: IamPolicy;
  sinks: SinkJson[];
  contacts: ContactJson[];
};

/** A project's own policy. `resourcemanager.policies`, by the one key `policy`. */
export const policiesOf = (project: GcpProject): Map<string, IamPolicy> =>
  collectionOf(project, "resourcemanager.policies");

export const ancestorsOf = (project: GcpProject): Map<string, AncestorState> =>
  collectionOf(project, "resourcemanager.ancestors");

export type AncestorType = "folder" | "organization";

const nameIn = (labels: Readonly<Record<string, string>>): string =>
  labels.folder ? `folders/${labels.folder}` : `organizations/${labels.organization}`;

/** A project under the folder or organization of a request's path: one in which the caller may do something, if any. */
export function projectBelow(
  { estate, labels }: Pick<GcpRequest, "estate" | "labels">,
  identity: GcpIdentity,
): string | undefined {
  const below = [...estate.projects.values()].filter((project) => ancestorsOf(project).has(nameIn(labels)));
  return (below.find(({ access }) => access.has(identity.email)) ?? below[0])?.id;
}

/** The folder or organization of a request's path. */
export function ancestorOf({ project, labels }: Pick<GcpCall, "project" | "labels">): AncestorState {
  const ancestor = ancestorsOf(project).get(nameIn(labels));
  if (!ancestor) throw new GcpError("NOT_FOUND", `${nameIn(labels)} was not found.`);
  return ancestor;
}

/** Only what the mask names is changed; one that is left out names the bindings. */
function changePolicy(current: IamPolicy | undefined, call: GcpCall): IamPolicy {
  const given = writePolicy(current, policyIn(call));
  const mask = typeof call.body.updateMask === "string" ? call.body.updateMask : "bindings,etag";
  const named = mask.split(",").map((field) => field.trim().toLowerCase().replaceAll("_", ""));
  const { bindings, auditConfigs, version } = { ...current };
  const next = {
    version: named.includes("bindings") ? given.version : version,
    bindings: named.includes("bindings") ? given.bindings : bindings,
    auditConfigs: named.includes("auditconfigs") ? given.auditConfigs : auditConfigs,
  };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}

function projectPolicyRoutes(version: "v1" | "v3"): GcpRoute[] {
  const path = `/${version}/projects/{project}`;
  return [
    {
      method: "POST",
      path: `${path}:getIamPolicy`,
      permissions: ["resourcemanager.projects.getIamPolicy"],
      handler: ({ project }) => readPolicy(policiesOf(project).get("policy")),
    },
    {
      method: "POST",
      path: `${path}:setIamPolicy`,
      permissions: ["resourcemanager.projects.setIamPolicy"],
      handler: (call) => {
        const policies = policiesOf(call.project);
        const policy = changePolicy(policies.get("policy"), call);
        policies.set("policy", policy);
        return readPolicy(policy);
      },
    },
  ];
}

function ancestorPolicyRoutes(type: AncestorType): GcpRoute[] {
  const path = `/v3/${type}s/{${type}}`;
  return [
    {
      method: "POST",
      path: `${path}:getIamPolicy`,
      permissions: [`resourcemanager.${type}s.getIamPolicy`],
      project: projectBelow,
      handler: (call) => readPolicy(ancestorOf(call).policy),
    },
    {
      method: "POST",
      path: `${path}:setIamPolicy`,
      permissions: [`resourcemanager.${type}s.setIamPolicy`],
      project: projectBelow,
      handler: (call) => {
        const ancestor = ancestorOf(call);
        ancestor.policy = changePolicy(ancestor.policy, call);
        return readPolicy(ancestor.policy);
      },
    },
  ];
}

/** Resource Manager's IAM policies, and what lies above a project. */
export const hierarchyRoutes: readonly GcpRoute[] = [
  {
    method: "POST",
    path: "/v1/projects/{project}:getAncestry",
    permissions: ["resourcemanager.projects.get"],
    handler: ({ project }) => ({
      ancestor: [
        { resourceId: { type: "project", id: project.id } },
        ...[...ancestorsOf(project).keys()].map((name) => {
          const [types = "", id] = name.split("/");
          return { resourceId: { type: types.slice(0, -1), id } };
        }),
      ],
    }),
  },
  ...projectPolicyRoutes("v1"),
  ...projectPolicyRoutes("v3"),
  ...ancestorPolicyRoutes("folder"),
  ...ancestorPolicyRoutes("organization"),
];
