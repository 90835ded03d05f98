import { testCheck } from "#lib/checks/test-check.ts";
import { applicationSecretAge } from "./application-secret-age.ts";

const asOf = "2026-06-01T00:00:00Z";
const application = (...secrets: [name: string | null, createdAt: string | null, expiresAt?: string][]) => ({
  config: {
    appId: "3f8e2a6d-7c14-4e95-b0a8-51d9c6e7f204",
    createdAt: null,
    secrets: secrets.map(([name, createdAt, expiresAt = null], index) => ({
      id: `id-${index}`,
      name,
      createdAt,
      expiresAt,
    })),
  },
  asOf,
});
const { config } = application();

testCheck(applicationSecretAge, {
  pass: [
    application(),
    application(["new", "2026-05-01T00:00:00.000Z"]),
    application(["gone", "2020-01-01T00:00:00.000Z", "2022-01-01T00:00:00.000Z"]),
  ],
  fail: [
    [
      application(
        ["pipeline", "2024-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
        ["new", "2026-05-01T00:00:00.000Z"],
      ),
      "Client secrets are older than 180 days: pipeline is from 2024-01-01.",
    ],
    [
      application([null, "2025-11-01T00:00:00.000Z"], ["odd", null]),
      "Client secrets are older than 180 days: id-0 is from 2025-11-01.",
    ],
    [
      application(...[1, 2, 3, 4].map((n): [string, string] => [`s${n}`, `202${n}-01-01T00:00:00.000Z`])),
      "Client secrets are older than 180 days: s1 is from 2021-01-01, s2 is from 2022-01-01, s3 is from 2023-01-01, and 1 more.",
    ],
  ],
  unknown: [{ config: { ...config, secrets: undefined }, asOf }, application(["odd", null])],
});
