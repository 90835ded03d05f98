import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { z } from "zod";
import { gcloud } from "./command.ts";
import { defineGcpCall, readModifyWrite } from "./define-call.ts";
import { finish, waiting } from "./wait.ts";

/** Values by key; null takes a key out. */
const Settings = z.record(z.string().max(128), z.string().max(1_000).nullable());
type Settings = z.infer<typeof Settings>;
type Metadata = compute_v1.Schema$Metadata;

const Name = z.string().min(1).max(100);
const Project = z.object({ project: Name, set: Settings });
const Instance = Project.extend({ zone: Name, instance: Name });

export const metadataCalls = [
  defineGcpCall({
    api: "gcp.compute.projects.setCommonInstanceMetadata",
    input: Project,
    permissions: [
      "compute.projects.get",
      "compute.projects.setCommonInstanceMetadata",
      "iam.serviceAccounts.actAs",
      waiting.global,
    ],
    async send(access, { project, set }, { signal }) {
      const api = await access.clients.compute();
      await readModifyWrite(
        async () => (await api.projects.get({ project }, { signal })).data.commonInstanceMetadata ?? {},
        async (metadata) => {
          const requestBody = changed(metadata, set);
          if (!requestBody) return;
          const { data } = await api.projects.setCommonInstanceMetadata({ project, requestBody }, { signal });
          await finish(access, { project }, data, signal);
        },
      );
      return null;
    },
    command: ({ project, set }) => commands("compute project-info", [], { project }, set),
  }),
  defineGcpCall({
    api: "gcp.compute.instances.setMetadata",
    input: Instance,
    permissions: [
      "compute.instances.get",
      "compute.instances.setMetadata",
      "iam.serviceAccounts.actAs",
      waiting.zone,
    ],
    async send(access, { project, zone, instance, set }, { signal }) {
      const api = await access.clients.compute();
      const at = { project, zone, instance };
      await readModifyWrite(
        async () => (await api.instances.get(at, { signal })).data.metadata ?? {},
        async (metadata) => {
          const requestBody = changed(metadata, set);
          if (!requestBody) return;
          const { data } = await api.instances.setMetadata({ ...at, requestBody }, { signal });
          await finish(access, { project, zone }, data, signal);
        },
      );
      return null;
    },
    command: ({ project, zone, instance, set }) =>
      commands("compute instances", [instance], { project, zone }, set),
  }),
];

/** All of the metadata, since they are replaced as a whole, in the order they were in; null when nothing changes. */
function changed({ items, fingerprint }: Metadata, set: Settings): Metadata | null {
  const present = items ?? [];
  const settingNamed = (key: string) => present.find((item) => item.key === key)?.value ?? null;
  const wanted = Object.entries(set).filter(([key, value]) => settingNamed(key) !== value);
  if (wanted.length === 0) return null;
  const known = new Map(wanted);
  const kept = present.flatMap((item) => {
    const key = item.key ?? "";
    if (!known.has(key)) return [item];
    const value = known.get(key);
    known.delete(key);
    return value === null || value === undefined ? [] : [{ key, value }];
  });
  const added = [...known].flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
  return { fingerprint: fingerprint ?? null, items: [...kept, ...added] };
}

function commands(group: string, names: string[], flags: Record<string, string>, set: Settings): string {
  const added = Object.entries(set).flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  const removed = Object.entries(set).flatMap(([key, value]) => (value === null ? [key] : []));
  return [
    ...(added.length > 0 ? [gcloud(`${group} add-metadata`, names, { ...flags, metadata: added })] : []),
    ...(removed.length > 0 ? [gcloud(`${group} remove-metadata`, names, { ...flags, keys: removed })] : []),
  ].join(" && ");
}
