import { readAndUnread, required } from "../answers.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { lastStep, listAll } from "./list.ts";

/** Reads which APIs a project has enabled. */
export const serviceUsage: GcpCollector<"gcp.serviceusage.project"> = {
  kind: "gcp.serviceusage.project",
  cloud: "gcp",
  service: "serviceusage",
  scope: "global",
  permissions: ["serviceusage.services.list"],
  async *collect(context) {
    const { account } = context;
    const uid = `//serviceusage.googleapis.com/projects/${account}`;
    const facets = readAndUnread({ enabledServices: await readEnabledServices(context, uid) });
    yield {
      uid,
      kind: "gcp.serviceusage.project",
      account,
      region: "global",
      name: account,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};

async function readEnabledServices(context: GcpContext, uid: string): Promise<string[] | undefined> {
  const operation = "serviceusage.services.list";
  const enabled = await context.read(uid, operation, async () => {
    const api = await context.clients.serviceusage();
    const request = { parent: `projects/${context.account}`, filter: "state:ENABLED", pageSize: 200 };
    const listed = listAll(
      context,
      operation,
      (page, options) => api.services.list({ ...request, ...page }, options),
      (page) => page.services,
      { whenDisabled: "fail" },
    );
    const names: string[] = [];
    for await (const service of listed) {
      // The filter isn't relied upon: an API that is off must not count as on.
      if (service.state === "ENABLED") names.push(lastStep(required(service.name, "name")));
    }
    return names.sort();
  });
  return enabled ?? undefined;
}
