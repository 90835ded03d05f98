export type LogSink = {
  /** Such as `storage.googleapis.com/<bucket>` or `bigquery.googleapis.com/projects/<p>/datasets/<d>`. */
  destination: string;
  /** In the Logging query language; `null`: every entry. */
  filter: string | null;
  disabled: boolean;
  /** What is kept back of that which matches. */
  exclusions: { name: string; filter: string; disabled: boolean }[];
};

export interface LoggingKinds {
  /** A sink of the project. Uid: `//logging.googleapis.com/projects/<id>/sinks/<name>`; region `global`. */
  "gcp.logging.sink": LogSink;
  /** A metric that counts log entries. Uid: `//logging.googleapis.com/projects/<id>/metrics/<name>`; region `global`. */
  "gcp.logging.metric": {
    /** By which alert policies name it: `logging.googleapis.com/user/<name>`. */
    type: string;
    /** In the Logging query language. */
    filter: string;
    disabled: boolean;
    /** The log bucket that it counts the entries of; `null`: those that the project receives. */
    bucket: string | null;
  };
}
