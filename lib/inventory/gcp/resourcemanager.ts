import { cut, readAndUnread, required, tagRecord } from "../answers.ts";
import { auditConfigsOf } from "./audit-configs.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { bindingsOf } from "./iam-bindings.ts";
import { timeFrom } from "./list.ts";

/** Reads the project itself and its own IAM policy. */
export const projects: GcpCollector<"gcp.resourcemanager.project"> = {
  kind: "gcp.resourcemanager.project",
  cloud: "gcp",
  service: "resourcemanager",
  scope: "global",
  permissions: ["resourcemanager.projects.get", "resourcemanager.projects.getIamPolicy"],
  async *collect(context) {
    const { account } = context;
    const uid = `//cloudresourcemanager.googleapis.com/projects/${account}`;
    const [project, policy] = await Promise.all([readProject(context, uid), readPolicy(context, uid)]);
    const { labels, ...settings } = project ?? {
      displayName: undefined,
      number: undefined,
      createdAt: undefined,
      labels: undefined,
    };
    const facets = readAndUnread({
      ...settings,
      bindings: policy?.bindings,
      auditConfigs: policy?.auditConfigs,
    });
    yield {
      uid,
      kind: "gcp.resourcemanager.project",
      account,
      region: "global",
      name: account,
      tags: labels ?? {},
      config: facets.read,
      unread: labels === undefined ? [...facets.unread, "tags"] : facets.unread,
    };
  },
};

const readProject = ({ account, clients, signal, read }: GcpContext, uid: string) =>
  read(uid, "resourcemanager.projects.get", async () => {
    const api = await clients.cloudresourcemanager();
    const { data } = await api.projects.get({ projectId: account }, { signal });
    return {
      displayName: data.name ? cut(data.name) : null,
      number: required(data.projectNumber, "projectNumber"),
      createdAt: timeFrom(data.createTime),
      labels: tagRecord(Object.entries(data.labels ?? {})),
    };
  });

const readPolicy = ({ account, clients, signal, read }: GcpContext, uid: string) =>
  read(uid, "resourcemanager.projects.getIamPolicy", async () => {
    const api = await clients.cloudresourcemanager();
    const request = { resource: account, requestBody: { options: { requestedPolicyVersion: 3 } } };
    const { data } = await api.projects.getIamPolicy(request, { signal });
    return { bindings: bindingsOf(data), auditConfigs: auditConfigsOf(data) };
  });
