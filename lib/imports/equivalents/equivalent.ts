/** A check of Parapet's own that answers what another tool's check asks. */
export type Equivalent = {
  checkId: string;
  /** True when both ask the very same, so that different answers contradict each other. */
  isExact: boolean;
};

/** Both ask the very same of the very same resource. */
export const same = (...checkIds: readonly string[]): readonly Equivalent[] =>
  checkIds.map((checkId) => ({ checkId, isExact: true }));

/** Parapet's check covers the question, and asks for more, or draws the line elsewhere. */
export const wider = (...checkIds: readonly string[]): readonly Equivalent[] =>
  checkIds.map((checkId) => ({ checkId, isExact: false }));
