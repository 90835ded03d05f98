export type DatasetGrant = {
  /**
   * As in an IAM policy: `allAuthenticatedUsers`, `allUsers`, `user:…`, `group:…`, `domain:…`, or a special group such as
   * `projectReaders`; for what is authorised rather than somebody, `view:…`, `routine:…` or `dataset:…`.
   */
  member: string;
  /** `READER`, `WRITER`, `OWNER` or an IAM role; `null` for what is authorised. */
  role: string | null;
  /** A CEL expression; `null` when the grant always holds. */
  condition: string | null;
};

export interface BigQueryKinds {
  "gcp.bigquery.dataset": {
    createdAt?: string | null;
    /** `DEFAULT`, or one without tables of its own: `LINKED`, `EXTERNAL` … */
    type?: string;
    access?: DatasetGrant[];
    /** The Cloud KMS key that new tables are encrypted with; `null` when it is one of Google's. */
    defaultKmsKey?: string | null;
  };
  "gcp.bigquery.table": {
    dataset: string;
    /** `TABLE`, `SNAPSHOT` and `MATERIALIZED_VIEW` hold data; `VIEW` and `EXTERNAL` don't. */
    type: string;
    createdAt: string | null;
    /** The Cloud KMS key; `null` when it is one of Google's, or when the table holds no data. */
    kmsKey?: string | null;
  };
}
