import { project } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { projectOsLogin } from "./project-os-login.ts";

testCheck(projectOsLogin, {
  pass: [project({ enableOslogin: "TRUE" }), project({ enableOslogin: "y" })].map(({ config }) => ({
    config,
  })),
  fail: [
    [{ config: project().config }, "The project's metadata do not have enable-oslogin."],
    [
      { config: project({ enableOslogin: "FALSE" }).config },
      "The project's metadata have enable-oslogin FALSE.",
    ],
  ],
  unknown: [{ config: project(null).config }],
});
