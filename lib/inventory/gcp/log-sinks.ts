import type { logging_v2 } from "googleapis/build/src/apis/logging/v2.js";
import { cut, required } from "../answers.ts";
import type { LogSink } from "./logging.kinds.ts";

/** A sink as Cloud Logging lists it; what is false or empty it leaves out. */
export const sinkOf = (sink: logging_v2.Schema$LogSink): LogSink => ({
  destination: cut(required(sink.destination, "destination")),
  filter: sink.filter || null,
  disabled: sink.disabled ?? false,
  exclusions: (sink.exclusions ?? []).map(({ name, filter, disabled }) => ({
    name: cut(required(name, "exclusions.name")),
    filter: required(filter, "exclusions.filter"),
    disabled: disabled ?? false,
  })),
});
