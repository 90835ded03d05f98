import { Listing, namingFailures, oneOf, readAndUnread, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { auditConfigsOf } from "./audit-configs.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { listAll } from "./list.ts";
import { sinkOf } from "./log-sinks.ts";

/**
 * Permissions that only a role of the organization can hold: Google refuses them in a custom role of a project, and in a
 * question about what one may do in a project.
 */
export const organizationPermissions = [
  "resourcemanager.folders.getIamPolicy",
  "resourcemanager.organizations.getIamPolicy",
] as const;

/** Reads the folders and the organization above a project, nearest first: what they log, and where logs go. */
export const ancestors: GcpCollector<"gcp.hierarchy.ancestor"> = {
  kind: "gcp.hierarchy.ancestor",
  cloud: "gcp",
  service: "hierarchy",
  scope: "global",
  permissions: [
    "resourcemanager.projects.get",
    ...organizationPermissions,
    // On the folders and the organization themselves.
    "logging.sinks.list",
  ],
  async *collect(context) {
    const operation = "resourcemanager.projects.get";
    const above = await namingFailures(operation, () => listAncestors(context));
    yield* context.each(new Listing(operation, above), (ancestor) => describeAncestor(context, ancestor));
  },
};

type Ancestor = { type: "folder" | "organization"; name: string };

/** The answer begins with the project itself; a project of no organization has nothing else. */
async function listAncestors({ account, clients, signal }: GcpContext): Promise<Ancestor[]> {
  const api = await clients.cloudresourcemanager();
  const { data } = await api.projects.getAncestry({ projectId: account, requestBody: {} }, { signal });
  const [project, ...above] = required(data.ancestor, "ancestor");
  oneOf(project?.resourceId?.type ?? undefined, ["project"], "type of the first ancestor");
  return above.map(({ resourceId }) => {
    const type = oneOf(resourceId?.type ?? undefined, ["folder", "organization"], "resourceId.type");
    return { type, name: `${type}s/${required(resourceId?.id, "resourceId.id")}` };
  });
}

async function describeAncestor(
  context: GcpContext,
  ancestor: Ancestor,
): Promise<Resource<"gcp.hierarchy.ancestor">> {
  const uid = `//cloudresourcemanager.googleapis.com/${ancestor.name}`;
  const [auditConfigs, sinks] = await Promise.all([
    readAuditConfigs(context, uid, ancestor),
    readSinks(context, uid, ancestor),
  ]);
  const facets = readAndUnread({ auditConfigs: auditConfigs ?? undefined, sinks: sinks ?? undefined });
  return {
    uid,
    kind: "gcp.hierarchy.ancestor",
    account: context.account,
    region: "global",
    name: ancestor.name,
    tags: {},
    config: facets.read,
    unread: facets.unread,
  };
}

function readAuditConfigs({ clients, signal, read }: GcpContext, uid: string, { type, name }: Ancestor) {
  return read(uid, `resourcemanager.${type}s.getIamPolicy`, async () => {
    const { folders, organizations } = await clients.cloudresourcemanagerV3();
    const api = type === "folder" ? folders : organizations;
    const request = { resource: name, requestBody: { options: { requestedPolicyVersion: 3 } } };
    const { data } = await api.getIamPolicy(request, { signal });
    // Every policy has an etag: without one it isn't a policy at all.
    required(data.etag, "etag");
    return auditConfigsOf(data);
  });
}

function readSinks(context: GcpContext, uid: string, { type, name: parent }: Ancestor) {
  const operation = "logging.sinks.list";
  return context.read(uid, operation, async () => {
    const { folders, organizations } = await context.clients.logging();
    const api = type === "folder" ? folders.sinks : organizations.sinks;
    const listed = listAll(
      context,
      operation,
      (page, options) => api.list({ parent, pageSize: 1000, ...page }, options),
      (page) => page.sinks,
      { whenDisabled: "fail" },
    );
    const sinks = [];
    for await (const sink of listed) {
      if (sink.includeChildren) sinks.push({ name: required(sink.name, "name"), ...sinkOf(sink) });
    }
    return sinks.sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}
