import { collectionOf, type GcpApi, GcpError, type GcpProject } from "../model.ts";
import { newId } from "../operations.ts";
import { listAnswer } from "../paging.ts";
import { ancestorsOf } from "./hierarchy.ts";
import { namedResourceRoutes } from "./named-resources.ts";

/** A contact as the API has it. `essentialcontacts.contacts`, by the number that ends its name. */
export type ContactJson = {
  name: string;
  email: string;
  notificationCategorySubscriptions: string[];
  languageTag: string;
  validationState: "VALID" | "INVALID";
  validateTime: string;
};

export const contactsOf = (project: GcpProject): Map<string, ContactJson> =>
  collectionOf(project, "essentialcontacts.contacts");

const contacts = "/v1/projects/{project}/contacts";

export const essentialContactsApi: GcpApi = {
  host: "essentialcontacts.googleapis.com",
  title: "Essential Contacts API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: `${contacts}:compute`,
      permissions: ["essentialcontacts.contacts.list"],
      handler: (call) => {
        const asked = call.query.getAll("notificationCategories");
        if (asked.length === 0) throw new GcpError("INVALID_ARGUMENT", "No notification category is given.");
        const all = [
          ...contactsOf(call.project).values(),
          ...[...ancestorsOf(call.project).values()].flatMap((ancestor) => ancestor.contacts),
        ];
        const wanted = asked.includes("ALL")
          ? all
          : all.filter(({ notificationCategorySubscriptions: subscribed }) =>
              ["ALL", ...asked].some((category) => subscribed.includes(category)),
            );
        return listAnswer(call, "contacts", wanted, {}, { defaultSize: 100, maxSize: 100 });
      },
    },
    ...namedResourceRoutes<ContactJson>({
      path: contacts,
      label: "contact",
      field: "contacts",
      permission: "essentialcontacts.contacts",
      update: "PATCH",
      of: ({ project }) => contactsOf(project),
      pages: { defaultSize: 100, maxSize: 100 },
      make: ({ project, body, now }) => {
        const { email, notificationCategorySubscriptions: categories, languageTag } = body;
        if (typeof email !== "string" || !Array.isArray(categories) || typeof languageTag !== "string") {
          throw new GcpError("INVALID_ARGUMENT", "A contact needs an e-mail, categories and a language.");
        }
        const key = newId();
        const resource: ContactJson = {
          name: `projects/${project.number}/contacts/${key}`,
          email,
          notificationCategorySubscriptions: categories.map(String),
          languageTag,
          validationState: "VALID",
          validateTime: now.toISOString(),
        };
        return { key, resource };
      },
    }),
  ],
};
