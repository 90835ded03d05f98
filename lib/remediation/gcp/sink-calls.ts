import { z } from "zod";
import { ActionRefused } from "../action-handler.ts";
import type { Json } from "../model.ts";
import type { AccessOf } from "../operation.ts";
import { gcloud } from "./command.ts";
import { defineGcpCall, unlessMissing } from "./define-call.ts";

const SinkName = z.string().regex(/^projects\/[^/]+\/sinks\/[^/]+$/);
const Create = z.object({
  parent: z.string().regex(/^projects\/[^/]+$/),
  requestBody: z.object({ name: z.string().max(100), destination: z.string().max(1_000) }),
});

/** By which sinks wrote that were made without an identity of their own. */
const sharedWriter = "serviceAccount:cloud-logs@system.gserviceaccount.com";

export const sinkCalls = [
  defineGcpCall({
    api: "gcp.logging.projects.sinks.create",
    input: Create,
    permissions: ["logging.sinks.create", "logging.sinks.get"],
    async send(access, input, { signal }) {
      const { parent, requestBody } = input;
      const found = await findSink(access, input, signal);
      if (found) return found;
      const { projects } = await access.clients.logging();
      const { data } = await projects.sinks.create(
        { parent, uniqueWriterIdentity: true, requestBody },
        { signal },
      );
      return { writerIdentity: data.writerIdentity ?? null };
    },
    find: (access, input, { signal }) => findSink(access, input, signal),
    command: ({ parent, requestBody }) =>
      gcloud("logging sinks create", [requestBody.name, requestBody.destination], {
        project: parent.split("/")[1] ?? "",
      }),
  }),
  defineGcpCall({
    api: "gcp.logging.projects.sinks.update",
    input: z.object({ sinkName: SinkName, requestBody: z.object({ disabled: z.boolean() }) }),
    permissions: ["logging.sinks.get", "logging.sinks.update"],
    async send(access, { sinkName, requestBody: { disabled } }, { signal }) {
      const { projects } = await access.clients.logging();
      // The API wants destination and filter repeated, also where the mask leaves them alone.
      const { data } = await projects.sinks.get({ sinkName }, { signal });
      const requestBody = { destination: data.destination ?? null, filter: data.filter ?? null, disabled };
      // A sink with an identity of its own keeps it only when that is said; one without must not be given one.
      const uniqueWriterIdentity = data.writerIdentity !== sharedWriter;
      await projects.sinks.patch(
        { sinkName, updateMask: "disabled", uniqueWriterIdentity, requestBody },
        { signal },
      );
      return null;
    },
    command: ({ sinkName, requestBody: { disabled } }) =>
      gcloud("logging sinks update", [sinkName.split("/")[3] ?? ""], {
        project: sinkName.split("/")[1] ?? "",
        disabled,
      }),
  }),
  defineGcpCall({
    api: "gcp.logging.projects.sinks.delete",
    input: z.object({ sinkName: SinkName }),
    permissions: ["logging.sinks.delete"],
    async send(access, { sinkName }, { signal }) {
      const { projects } = await access.clients.logging();
      await unlessMissing(() => projects.sinks.delete({ sinkName }, { signal }));
      return null;
    },
    command: ({ sinkName }) =>
      gcloud("logging sinks delete", [sinkName.split("/")[3] ?? ""], {
        project: sinkName.split("/")[1] ?? "",
        quiet: true,
      }),
  }),
];

/** Names are unique: a sink of the name and destination is the one that was made. */
async function findSink(
  access: AccessOf<"gcp">,
  { parent, requestBody: { name, destination } }: z.infer<typeof Create>,
  signal: AbortSignal,
): Promise<Json> {
  const { projects } = await access.clients.logging();
  const sinkName = `${parent}/sinks/${name}`;
  const found = await unlessMissing(() => projects.sinks.get({ sinkName }, { signal }));
  if (!found) return null;
  const { data } = found;
  if (data.destination !== destination || data.filter) {
    throw new ActionRefused("drift", `There is another sink ${name} by now.`);
  }
  return { writerIdentity: data.writerIdentity ?? null };
}
