import type { bigquery_v2 } from "googleapis/build/src/apis/bigquery/v2.js";
import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { publicName } from "#lib/checks/gcp/public-members.ts";
import { shellWord } from "../aws/command.ts";
import type { Json } from "../model.ts";
import { defineGcpCall, readModifyWrite } from "./define-call.ts";

/** An entry of a dataset's access, with the fields that are set. */
export type AccessEntry = { [field: string]: Json };

type Written = bigquery_v2.Schema$Dataset["access"];

/** Whether an entry lets anyone in. */
export const isPublicEntry = ({ specialGroup, iamMember }: AccessEntry): boolean =>
  [specialGroup, iamMember].some((member) => typeof member === "string" && publicName(member) !== null);

/** The entries as they came, without what isn't set. */
export const plainEntries = (access: Written): AccessEntry[] => JSON.parse(JSON.stringify(access ?? []));

export const inAccessOrder = (access: readonly AccessEntry[]): AccessEntry[] =>
  access.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));

/** Only such entries are ever taken out or put back. */
const PublicEntry = z
  .strictObject({
    role: z.string().max(300).optional(),
    specialGroup: z.string().max(100).optional(),
    iamMember: z.string().max(100).optional(),
    condition: z.record(z.string(), z.string().max(10_000)).optional(),
  })
  .refine((entry) => isPublicEntry(plain(entry)), "The entry is not a public one.");

const plain = (entry: object): AccessEntry => JSON.parse(JSON.stringify(entry));

export const datasetCalls = [
  defineGcpCall({
    api: "gcp.bigquery.datasets.patch",
    input: z.object({
      projectId: z.string().min(1).max(100),
      datasetId: z.string().min(1).max(1_024),
      remove: z.array(PublicEntry).max(100),
      add: z.array(PublicEntry).max(100),
    }),
    permissions: [
      "bigquery.datasets.get",
      "bigquery.datasets.getIamPolicy",
      "bigquery.datasets.setIamPolicy",
      "bigquery.datasets.update",
    ],
    async send(access, { projectId, datasetId, remove, add }, { signal }) {
      const api = await access.clients.bigquery();
      const at = { projectId, datasetId, accessPolicyVersion: 3 };
      const gone = new Set(remove.map((entry) => canonicalJson(plain(entry))));
      await readModifyWrite(
        async () => (await api.datasets.get(at, { signal })).data,
        async ({ access: written, etag }) => {
          const present = plainEntries(written);
          const left = present.filter((entry) => !gone.has(canonicalJson(entry)));
          const known = new Set(left.map((entry) => canonicalJson(entry)));
          const added = add.map(plain).filter((entry) => !known.has(canonicalJson(entry)));
          if (left.length === present.length && added.length === 0) return;
          const requestBody = { access: [...left, ...added] as NonNullable<Written> };
          await api.datasets.patch(
            { ...at, requestBody },
            { signal, headers: etag ? { "If-Match": etag } : {} },
          );
        },
      );
      return null;
    },
    command: ({ projectId, datasetId, remove, add }) =>
      [
        ...remove.map((entry) => sayGrant("REVOKE", "FROM", `${projectId}.${datasetId}`, entry)),
        ...add.map((entry) => sayGrant("GRANT", "TO", `${projectId}.${datasetId}`, entry)),
      ].join(" && "),
  }),
];

/** A grant as BigQuery's own language says it. */
function sayGrant(
  verb: string,
  preposition: string,
  dataset: string,
  { role = "", specialGroup, iamMember }: z.infer<typeof PublicEntry>,
): string {
  const who = `specialGroup:${specialGroup ?? iamMember}`;
  const statement = `${verb} \`${iamRoles[role] ?? role}\` ON SCHEMA \`${dataset}\` ${preposition} "${who}"`;
  return `bq query --nouse_legacy_sql ${shellWord(statement)}`;
}

/** What the roles of old are called by IAM. */
const iamRoles: Record<string, string> = {
  READER: "roles/bigquery.dataViewer",
  WRITER: "roles/bigquery.dataEditor",
  OWNER: "roles/bigquery.dataOwner",
};
