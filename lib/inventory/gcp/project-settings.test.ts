import { expect, it } from "vitest";
import { essentialContacts } from "./essentialcontacts.ts";
import { serviceUsage } from "./serviceusage.ts";
import { collect, disabled, paged, project, rpcFailure } from "./test-answers.ts";

const listServices = "GET serviceusage.googleapis.com/v1/projects/example-project/services";
const computeContacts = "GET essentialcontacts.googleapis.com/v1/projects/example-project/contacts:compute";

const service = (name: string, state = "ENABLED") => ({
  name: `projects/${project.number}/services/${name}`,
  config: { name, title: "An API" },
  state,
  parent: `projects/${project.number}`,
});
const contact = (parent: string, email: string, rest: object = {}) => ({
  name: `${parent}/contacts/1`,
  email,
  notificationCategorySubscriptions: ["SECURITY", "LEGAL"],
  languageTag: "en-US",
  validationState: "VALID",
  validateTime: "2020-07-16T01:39:50.130Z",
  ...rest,
});
const place = { account: "example-project", region: "global", name: "example-project", tags: {} };
const usage = {
  ...place,
  uid: "//serviceusage.googleapis.com/projects/example-project",
  kind: "gcp.serviceusage.project",
};
const contacts = {
  ...place,
  uid: "//essentialcontacts.googleapis.com/projects/example-project",
  kind: "gcp.essentialcontacts.project",
};

it("reads the APIs that are enabled, over pages, and believes their state", async () => {
  const asked: (string | null)[] = [];
  const pages = paged(
    {
      services: [service("storage.googleapis.com"), service("dns.googleapis.com", "DISABLED")],
      nextPageToken: "2",
    },
    { services: [service("compute.googleapis.com")] },
  );
  const read = await collect(serviceUsage, {
    [listServices]: (request) => {
      asked.push(request.query.get("filter"));
      return pages(request);
    },
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...usage,
      config: { enabledServices: ["compute.googleapis.com", "storage.googleapis.com"] },
      unread: [],
    },
  ]);
  expect(asked).toEqual(["state:ENABLED", "state:ENABLED"]);
});

it("reads contacts of the project and those above it, whatever they are for", async () => {
  const asked: string[] = [];
  const read = await collect(essentialContacts, {
    [computeContacts]: ({ query }) => {
      asked.push(query.getAll("notificationCategories").join());
      return {
        contacts: [
          contact("projects/123456789012", "legal@example.com"),
          contact("organizations/1", "all@example.com", {
            notificationCategorySubscriptions: ["ALL"],
            validationState: "INVALID",
          }),
        ],
      };
    },
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...contacts,
      config: {
        contacts: [
          { email: "all@example.com", categories: ["ALL"], valid: false },
          { email: "legal@example.com", categories: ["LEGAL", "SECURITY"], valid: true },
        ],
      },
      unread: [],
    },
  ]);
  expect(asked).toEqual(["ALL"]);
});

it("leaves absent what is refused, and what isn't told for want of the API", async () => {
  const services = await collect(serviceUsage, { [listServices]: rpcFailure(403, "PERMISSION_DENIED") });
  expect(services.resources).toEqual([{ ...usage, config: {}, unread: ["enabledServices"] }]);
  expect(services.gaps).toMatchObject([{ operation: "serviceusage.services.list", code: "denied" }]);
  const people = await collect(essentialContacts, { [computeContacts]: disabled() });
  expect(people.resources).toEqual([{ ...contacts, config: {}, unread: ["contacts"] }]);
  expect(people.gaps).toMatchObject([{ operation: "essentialcontacts.contacts.list", code: "disabled" }]);
});
