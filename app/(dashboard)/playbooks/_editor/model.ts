/** An operation of a cloud that an action can do. */
export type OperationChoice = {
  id: string;
  cloud: string;
  title: string;
  /** Kinds of resource that it is for. */
  kinds: readonly string[];
  /** Why what it does can't be undone; null when it can. */
  irreversible: string | null;
  /** What its `with` takes: `name: type`. */
  takes: readonly string[];
};

/** What there is to choose from. */
export type EditorChoices = {
  checks: readonly { id: string; title: string }[];
  operations: readonly OperationChoice[];
  /** Kinds of action beside the clouds, such as `notification`. */
  otherKinds: readonly string[];
};

export type Problems = Readonly<Record<string, string>>;
