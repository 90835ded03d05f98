import { publicName } from "#lib/checks/gcp/public-members.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const datasetPublicAccess = defineCheck({
  id: "gcp.bigquery.dataset-public-access",
  title: "BigQuery dataset is closed to the public",
  severity: "critical",
  resource: "gcp.bigquery.dataset",
  permissions: ["bigquery.datasets.get"],
  risk: "Anyone with a Google account can query what is in a public dataset, at their own cost and without leaving a trace that the owner would look at.",
  remediation: {
    text: "Take allUsers and allAuthenticatedUsers out of the dataset's access; publish data that is meant to be public in a project of its own.",
    url: "https://docs.cloud.google.com/bigquery/docs/control-access-to-resources-iam",
    console: [
      "Open the dataset in BigQuery, Sharing, Permissions.",
      "Remove allUsers and allAuthenticatedUsers from each role.",
    ],
    cli: "bq update --source DATASET_WITHOUT_PUBLIC_ACCESS.json {account}:{name}",
    terraform: `resource "google_bigquery_dataset_iam_binding" "readers" {
  dataset_id = "{name}"
  role       = "roles/bigquery.dataViewer"
  members    = ["group:GROUP"]
}`,
  },
  evaluate: ({ access }) => {
    if (access === undefined) return unknown("access to the dataset");
    const open = access.flatMap(({ member, role }, index) => {
      const to = publicName(member);
      return to === null
        ? []
        : [{ reason: `${role ?? "Access"} is granted to ${to}.`, path: `/access/${index}` }];
    });
    return open.length === 0
      ? pass()
      : fail(open.map(({ reason }) => reason).join(" "), ...open.map(({ path }) => path));
  },
});
