import { type GcpApi, type GcpCall, GcpError } from "../model.ts";
import { finishedOperation, newId } from "../operations.ts";
import { listAnswer } from "../paging.ts";

/** Some of the APIs that a project can enable; those that are enabled are always among them. */
const available = [
  "aiplatform.googleapis.com",
  "cloudasset.googleapis.com",
  "essentialcontacts.googleapis.com",
  "maps-backend.googleapis.com",
  "run.googleapis.com",
  "translate.googleapis.com",
  "vision.googleapis.com",
];

const serviceJson = ({ project }: Pick<GcpCall, "project">, name: string) => ({
  name: `projects/${project.number}/services/${name}`,
  parent: `projects/${project.number}`,
  config: { name, title: name },
  state: project.enabledApis.has(name) ? "ENABLED" : "DISABLED",
});

function listServices(call: GcpCall): object {
  const filter = call.query.get("filter") ?? "";
  const state = /^state:(ENABLED|DISABLED)$/.exec(filter)?.[1];
  if (filter !== "" && state === undefined) throw new GcpError("INVALID_ARGUMENT", "Invalid filter.");
  const names = [...new Set([...call.project.enabledApis, ...available])].sort();
  const services = names.map((name) => serviceJson(call, name));
  const asked = services.filter((service) => state === undefined || service.state === state);
  return listAnswer(call, "services", asked, {}, { defaultSize: 50, maxSize: 200 });
}

const switchService = (call: GcpCall, enabled: boolean): object => {
  const name = call.labels.service ?? "";
  if (enabled) call.project.enabledApis.add(name);
  else call.project.enabledApis.delete(name);
  return finishedOperation(call, {
    name: `operations/acf.p2-${call.project.number}-${newId()}`,
    response: { service: serviceJson(call, name) },
  });
};

export const serviceUsageApi: GcpApi = {
  host: "serviceusage.googleapis.com",
  title: "Service Usage API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: "/v1/projects/{project}/services",
      permissions: ["serviceusage.services.list"],
      handler: listServices,
    },
    {
      method: "GET",
      path: "/v1/projects/{project}/services/{service}",
      permissions: ["serviceusage.services.get"],
      handler: (call) => serviceJson(call, call.labels.service ?? ""),
    },
    {
      method: "POST",
      path: "/v1/projects/{project}/services/{service}:enable",
      permissions: ["serviceusage.services.enable"],
      handler: (call) => switchService(call, true),
    },
    {
      method: "POST",
      path: "/v1/projects/{project}/services/{service}:disable",
      permissions: ["serviceusage.services.disable"],
      handler: (call) => switchService(call, false),
    },
  ],
};
