import { z } from "zod";
import { faultOfSink, isBuiltInSink } from "#lib/checks/gcp/logging/all-entries-sink.ts";
import { required } from "#lib/inventory/answers.ts";
import { sinkOf } from "#lib/inventory/gcp/log-sinks.ts";
import type { LogSink } from "#lib/inventory/gcp/logging.kinds.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";

type Sink = { name: string } & LogSink;
/** The project's sinks by name, without the two that Google makes. */
type State = { sinks: Sink[] };
type Parameters = { destination?: string | null | undefined };

const sinkName = "parapet-all-entries";

export const exportAllLogs = defineOperation<"gcp", State, Parameters>({
  id: "gcp.logging.export-all-logs",
  cloud: "gcp",
  title: "Export every log entry by a sink",
  kinds: ["gcp.resourcemanager.project"],
  parameters: z.object({
    destination: z
      .string()
      .regex(/^(logging|storage|bigquery|pubsub)\.googleapis\.com\/\S+$/)
      .max(1_000)
      .nullish(),
  }),
  reads: ["logging.sinks.list"],
  calls: [
    "gcp.logging.projects.sinks.create",
    "gcp.logging.projects.sinks.update",
    "gcp.logging.projects.sinks.delete",
  ],

  async read(access, { target, signal }) {
    const { projects } = await access.clients.logging();
    const sinks: Sink[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await projects.sinks.list(
        { parent: `projects/${target.account}`, pageSize: 1000, ...(pageToken ? { pageToken } : {}) },
        { signal },
      );
      for (const sink of data.sinks ?? []) sinks.push({ name: required(sink.name, "name"), ...sinkOf(sink) });
      pageToken = data.nextPageToken || undefined;
    } while (pageToken);
    return { sinks: inOrder(sinks.filter((sink) => !isBuiltInSink(sink))) };
  },

  plan({ sinks }, { destination }, target) {
    if (sinks.some((sink) => faultOfSink(sink) === undefined)) {
      return { outcome: "nothing", reason: "A sink exports every entry already." };
    }
    const parent = `projects/${target.account}`;
    const sleeping = sinks.find(
      (sink) => sink.disabled && faultOfSink({ ...sink, disabled: false }) === undefined,
    );
    if (!destination && sleeping) {
      return {
        outcome: "change",
        after: { sinks: sinks.map((sink) => (sink === sleeping ? { ...sink, disabled: false } : sink)) },
        calls: [switchSink(parent, sleeping.name, false)],
        notes: [
          `The sink ${sleeping.name} was switched off; it exports to ${sleeping.destination} again, which is charged for.`,
        ],
      };
    }
    if (!destination) {
      return {
        outcome: "refused",
        reason:
          "Say where the logs go: there is no sink that only had to be switched on. A log bucket of this or another project will do.",
      };
    }
    if (sinks.some(({ name }) => name === sinkName)) {
      return { outcome: "refused", reason: `There is a sink ${sinkName} already, which exports less.` };
    }
    const made: Sink = { name: sinkName, destination, filter: null, disabled: false, exclusions: [] };
    const call = {
      id: "create",
      api: "gcp.logging.projects.sinks.create",
      input: { parent, requestBody: { name: sinkName, destination } },
    };
    const isOwnLogBucket = destination.startsWith(`logging.googleapis.com/${parent}/`);
    return {
      outcome: "change",
      after: { sinks: inOrder([...sinks, made]) },
      calls: [call],
      notes: [
        "What is exported is stored a second time, which is charged for.",
        ...(isOwnLogBucket
          ? []
          : [
              "Nothing arrives until the sink's writer identity may write to the destination; gcloud logging sinks describe shows it.",
            ]),
      ],
    };
  },

  wayBack(before, present, target) {
    const parent = `projects/${target.account}`;
    const known = new Map(before.sinks.map((sink) => [sink.name, sink]));
    return {
      calls: present.sinks.flatMap(({ name, disabled }): PlannedCall[] => {
        const was = known.get(name);
        if (!was && name === sinkName) {
          const input = { sinkName: `${parent}/sinks/${name}` };
          return [{ id: "delete", api: "gcp.logging.projects.sinks.delete", input }];
        }
        return was && was.disabled !== disabled ? [switchSink(parent, name, was.disabled)] : [];
      }),
    };
  },
});

const switchSink = (parent: string, name: string, disabled: boolean): PlannedCall => ({
  id: "switch",
  api: "gcp.logging.projects.sinks.update",
  input: { sinkName: `${parent}/sinks/${name}`, requestBody: { disabled } },
});

const inOrder = (sinks: readonly Sink[]): Sink[] => sinks.toSorted((a, b) => (a.name < b.name ? -1 : 1));
