/** What an alert policy watches for. `type` says what it is, and how `text` is written. */
export type AlertCondition = {
  name: string | null;
  /**
   * `threshold`, `absence`: a Monitoring filter over time series that go beyond a value, or are missing. `log`: a Logging
   * query over the entries themselves. `mql`, `promql`, `sql`: a query in that language. `other`: a sort that isn't known here, without text.
   */
  type: "threshold" | "absence" | "log" | "mql" | "promql" | "sql" | "other";
  text: string;
};

export interface MonitoringKinds {
  /** Uid: `//monitoring.googleapis.com/projects/<id>/alertPolicies/<number>`; name: its display name; region `global`. */
  "gcp.monitoring.alert-policy": {
    enabled?: boolean;
    /** How conditions combine: one is enough, or all have to hold. `null`: it isn't said, as there is one. */
    combiner: "OR" | "AND" | "AND_WITH_MATCHING_RESOURCE" | null;
    conditions: AlertCondition[];
    /** Names of those that it writes to. */
    notificationChannels: string[];
  };
}
