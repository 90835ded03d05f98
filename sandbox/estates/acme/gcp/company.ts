import { type TeamKey, teams } from "../company.ts";

export type GcpEnvironment = "production" | "development";

export type AcmeProject = {
  id: string;
  number: string;
  name: string;
  environment: GcpEnvironment;
  /** The service account that reads; the hub may act in its name. */
  scanner: string;
  /** The service account that may change things, for fixes; same hub. */
  remediator: string;
};

function describeProject(id: string, number: string, name: string, environment: GcpEnvironment): AcmeProject {
  return {
    id,
    number,
    name,
    environment,
    scanner: `parapet-scanner@${id}.iam.gserviceaccount.com`,
    remediator: `parapet-remediator@${id}.iam.gserviceaccount.com`,
  };
}

/** Acme's analysts work with Google: data that merchants and risk look at, and the models that spot fraud. */
export const acmeProjects: [AcmeProject, AcmeProject] = [
  describeProject("acme-analytics-prod", "318045927710", "Acme Analytics", "production"),
  describeProject("acme-ml-dev", "964027715530", "Acme ML Development", "development"),
];

/** The user by whose stored credentials Parapet reaches all projects. They open nothing but the sandbox. */
export const acmeGcpHub = {
  email: "parapet-hub@acme.example",
  clientId: "parapet-sandbox.apps.googleusercontent.com",
  clientSecret: "parapet-sandbox-client-opens-nothing-real",
  refreshToken: "parapet-sandbox-refresh-opens-nothing-real",
};

/** The labels that Acme's things carry: Google allows lower case, digits, dashes and underscores. */
export function labelsOf(
  environment: GcpEnvironment,
  key: TeamKey,
  more: Record<string, string> = {},
): Record<string, string> {
  const team = teams[key];
  const label = (text: string) => text.toLowerCase().replace(/[^a-z0-9_-]+/g, "-");
  return {
    owner: label(team.owner.split("@")[0] ?? ""),
    team: label(team.name),
    environment,
    "cost-center": label(team.costCenter),
    "data-class": team.dataClass,
    ...more,
  };
}
