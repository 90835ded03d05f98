import { testCheck } from "#lib/checks/test-check.ts";
import { keyEnabledApis } from "./key-enabled-apis.ts";

const key = (services: string[], ...enabledServices: string[]) => ({
  config: {
    createdAt: "2025-01-01T00:00:00Z",
    application: null,
    apiTargets: services.map((service) => ({ service, methods: [] })),
    serviceAccountEmail: null,
  },
  related: [{ kind: "gcp.serviceusage.project" as const, config: { enabledServices } }],
});
const translate = "translate.googleapis.com";
const vision = "vision.googleapis.com";

testCheck(keyEnabledApis, {
  pass: [key([]), { config: key([]).config }, key([translate], translate, vision)],
  fail: [
    [key([translate, vision], vision), `The key is for ${translate}, not enabled in the project.`],
    [key([translate, vision]), `The key is for ${translate} and ${vision}, not enabled in the project.`],
  ],
  unknown: [
    { config: { serviceAccountEmail: null } },
    { config: key([translate]).config },
    { config: key([translate]).config, related: [{ kind: "gcp.serviceusage.project", config: {} }] },
  ],
});
