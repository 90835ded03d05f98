import { cut, readAndUnread, required } from "../answers.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import type { EssentialContact } from "./essentialcontacts.kinds.ts";
import { listAll } from "./list.ts";

/** Reads whom Google writes to about a project, by the project's own contacts and by those above it. */
export const essentialContacts: GcpCollector<"gcp.essentialcontacts.project"> = {
  kind: "gcp.essentialcontacts.project",
  cloud: "gcp",
  service: "essentialcontacts",
  scope: "global",
  permissions: ["essentialcontacts.contacts.list"],
  async *collect(context) {
    const { account } = context;
    const uid = `//essentialcontacts.googleapis.com/projects/${account}`;
    const facets = readAndUnread({ contacts: await readContacts(context, uid) });
    yield {
      uid,
      kind: "gcp.essentialcontacts.project",
      account,
      region: "global",
      name: account,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};

async function readContacts(context: GcpContext, uid: string): Promise<EssentialContact[] | undefined> {
  const operation = "essentialcontacts.contacts.list";
  const contacts = await context.read(uid, operation, async () => {
    const api = (await context.clients.essentialcontacts()).projects.contacts;
    const request = { parent: `projects/${context.account}`, notificationCategories: ["ALL"], pageSize: 100 };
    const listed = listAll(
      context,
      operation,
      // Asked for ALL, it gives the contacts of every category.
      (page, options) => api.compute({ ...request, ...page }, options),
      (page) => page.contacts,
      // Contacts named in the console, or on the organization, are there without the API.
      { whenDisabled: "fail" },
    );
    const found: EssentialContact[] = [];
    for await (const contact of listed) {
      found.push({
        email: cut(required(contact.email, "email")),
        categories: (contact.notificationCategorySubscriptions ?? []).map(cut).sort(),
        valid: contact.validationState !== "INVALID",
      });
    }
    return found.sort((a, b) => (a.email < b.email ? -1 : 1));
  });
  return contacts ?? undefined;
}
