import type { sqladmin_v1 } from "googleapis/build/src/apis/sqladmin/v1.js";
import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { required } from "#lib/inventory/answers.ts";
import { ActionRefused } from "../action-handler.ts";
import { gcloud } from "./command.ts";
import { defineGcpCall, readModifyWrite } from "./define-call.ts";
import { finishSql } from "./wait.ts";

const Flag = z.object({ name: z.string().min(1).max(200), value: z.string().max(2_000) });
export type Flag = z.infer<typeof Flag>;

/** An instance's database flags by name; one without a value is on. */
export const flagsFrom = (flags: sqladmin_v1.Schema$DatabaseFlags[] | undefined): Flag[] =>
  (flags ?? [])
    .map(({ name, value }) => ({ name: required(name, "name"), value: value ?? "on" }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

export const sqlCalls = [
  defineGcpCall({
    api: "gcp.sqladmin.instances.patch",
    input: z.object({
      project: z.string().min(1).max(100),
      instance: z.string().min(1).max(100),
      from: z.array(Flag).max(500),
      to: z.array(Flag).max(500),
    }),
    permissions: ["cloudsql.instances.get", "cloudsql.instances.update"],
    async send(access, { project, instance, from, to }, { signal }) {
      const api = await access.clients.sqladmin();
      await readModifyWrite(
        async () => (await api.instances.get({ project, instance }, { signal })).data,
        async ({ settings }) => {
          const present = canonicalJson(flagsFrom(settings?.databaseFlags));
          if (present === canonicalJson(to)) return;
          if (present !== canonicalJson(from)) {
            throw new ActionRefused("drift", "The instance's database flags were changed meanwhile.");
          }
          const { settingsVersion = null } = settings ?? {};
          const requestBody = { settings: { databaseFlags: to, settingsVersion } };
          const { data } = await api.instances.patch({ project, instance, requestBody }, { signal });
          await finishSql(access, project, data, signal);
        },
      );
      return null;
    },
    command: ({ project, instance, to }) =>
      gcloud("sql instances patch", [instance], {
        project,
        ...(to.length > 0
          ? { "database-flags": to.map(({ name, value }) => `${name}=${value}`) }
          : { "clear-database-flags": true }),
      }),
  }),
];
