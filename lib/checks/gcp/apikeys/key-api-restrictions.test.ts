import { testCheck } from "#lib/checks/test-check.ts";
import { keyApiRestrictions } from "./key-api-restrictions.ts";

const key = (...services: string[]) => ({
  config: {
    application: null,
    apiTargets: services.map((service) => ({ service, methods: [] })),
    serviceAccountEmail: null,
  },
});

testCheck(keyApiRestrictions, {
  pass: [key("translate.googleapis.com"), key("translate.googleapis.com", "vision.googleapis.com")],
  fail: [
    [key(), "The key is not limited to any APIs."],
    [
      key("vision.googleapis.com", "cloudapis.googleapis.com"),
      "The key is for cloudapis.googleapis.com, which is every API.",
    ],
  ],
  unknown: [{ config: { serviceAccountEmail: null } }],
});
