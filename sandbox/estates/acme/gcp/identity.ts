import { logAccess, setProjectPolicy } from "../../build/gcp/governance.ts";
import { addServiceAccount } from "../../build/gcp/iam.ts";
import type { GcpSite } from "../../build/gcp/site.ts";
import { acmeProjects, type GcpEnvironment } from "./company.ts";

/** Who acts in a project, people and software, and what they may do. */
export function addGcpIdentity(site: GcpSite, environment: GcpEnvironment): void {
  const { id, number } = site.project;
  const own = (name: string) => `${name}@${id}.iam.gserviceaccount.com`;
  const [analytics, ml] = acmeProjects;
  const { scanner, remediator } = environment === "production" ? analytics : ml;
  addServiceAccount(site, `${number}-compute@developer.gserviceaccount.com`, {
    displayName: "Compute Engine default service account",
  });
  addServiceAccount(site, scanner, { displayName: "Parapet, reading" });
  addServiceAccount(site, remediator, { displayName: "Parapet, fixing" });
  const basics = [
    { role: "roles/viewer", members: [`serviceAccount:${scanner}`] },
    { role: `projects/${id}/roles/parapetRemediator`, members: [`serviceAccount:${remediator}`] },
    { role: "roles/owner", members: ["group:cloud-owners@acme.example"] },
  ];
  // Google's own agent, which can't do without the role.
  const googleApis = `serviceAccount:${number}@cloudservices.gserviceaccount.com`;

  if (environment === "production") {
    addServiceAccount(site, own("nightly-etl"), { displayName: "Nightly settlement jobs" });
    addServiceAccount(site, own("merchant-reports"), { displayName: "Merchant reports" });
    // The dashboards of a partner, who was handed a file years ago and another last month.
    addServiceAccount(site, own("looker-export"), {
      displayName: "Partner dashboards",
      keys: [{ ageDays: 790 }, { ageDays: 25 }],
    });
    addServiceAccount(site, own("bank-sftp"), {
      displayName: "Settlement files to the bank",
      keys: [{ ageDays: 40, uploaded: true }],
    });
    setProjectPolicy(site, {
      bindings: [
        ...basics,
        // As Google grants it to the default account of every project that isn't told otherwise.
        {
          role: "roles/editor",
          members: [googleApis, `serviceAccount:${number}-compute@developer.gserviceaccount.com`],
        },
        // The models are trained over there, and were once copied here by whatever worked.
        {
          role: "roles/storage.admin",
          members: [`serviceAccount:model-trainer@${ml.id}.iam.gserviceaccount.com`],
        },
        { role: "roles/bigquery.dataEditor", members: [`serviceAccount:${own("nightly-etl")}`] },
        {
          role: "roles/bigquery.dataViewer",
          members: ["group:analysts@acme.example", `serviceAccount:${own("looker-export")}`],
        },
        { role: "roles/cloudkms.admin", members: ["group:key-custodians@acme.example"] },
        {
          role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
          members: [`serviceAccount:service-${number}@gs-project-accounts.iam.gserviceaccount.com`],
        },
        { role: "roles/iam.serviceAccountAdmin", members: ["group:identity-admins@acme.example"] },
        // For one night's migration, and over since.
        {
          role: "roles/iam.serviceAccountUser",
          members: ["user:mei.tanaka@acme.example"],
          condition: {
            title: "migration of 12 March",
            expression: 'request.time < timestamp("2025-03-13T06:00:00Z")',
          },
        },
      ],
      auditConfigs: logAccess("DATA_READ", "DATA_WRITE"),
    });
    return;
  }

  addServiceAccount(site, own("model-trainer"), {
    displayName: "Model training",
    keys: [{ ageDays: 410 }, { ageDays: 500, disabled: true }],
  });
  addServiceAccount(site, own("feature-store"), { displayName: "Feature store" });
  addServiceAccount(site, own("hackathon-2023"), {
    displayName: "Hackathon 2023",
    disabled: true,
    keys: [{ ageDays: 820 }],
  });
  setProjectPolicy(site, {
    bindings: [
      ...basics,
      { role: "roles/editor", members: [googleApis, "group:ml-engineers@acme.example"] },
      { role: "roles/ml.developer", members: [`serviceAccount:${own("model-trainer")}`] },
      // Everybody could start everything, which was the point.
      {
        role: "roles/iam.serviceAccountUser",
        members: ["group:ml-engineers@acme.example", "user:sven.lindqvist@acme.example"],
      },
      { role: "roles/iam.serviceAccountAdmin", members: ["user:sven.lindqvist@acme.example"] },
      { role: "roles/cloudkms.admin", members: ["user:sven.lindqvist@acme.example"] },
      { role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", members: ["user:sven.lindqvist@acme.example"] },
      // A contractor who had no company account in the first week.
      { role: "roles/notebooks.viewer", members: ["user:pavel.labeling@gmail.com"] },
    ],
    auditConfigs: logAccess({ type: "DATA_WRITE", exempt: [`serviceAccount:${own("feature-store")}`] }),
  });
}
