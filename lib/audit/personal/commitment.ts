/** What personal data a field holds. */
export type PersonalKind = "email" | "phone" | "name" | "address" | "ip" | "national-id";

/** What stands in an entry where personal data was. */
export type Commitment = {
  personal: PersonalKind;
  /** The subject's id. */
  of: string;
  /** Base64url, as `commit` gives it; `erased` for data of who had been erased before. */
  commitment: string;
};

/** What a commitment stands for: the value and what shows that it is that, or why it can't be told. */
export type RevealedValue = { value: string; opening: string } | { lost: "erased" | "unreadable" };

/** What commitments stand for, by commitment. */
export type Revealed = ReadonlyMap<string, RevealedValue>;

export const isCommitment = (value: object): value is Commitment => {
  const { personal, of, commitment } = Object(value);
  return [personal, of, commitment].every((each) => typeof each === "string") && countKeys(value) === 3;
};

/** The same JSON with something else in place of each commitment. */
export function replaceCommitments(value: unknown, by: (commitment: Commitment) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => replaceCommitments(each, by));
  if (isCommitment(value)) return by(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaceCommitments(each, by)]));
}

/** What stands in place of a commitment for a reader: the value itself, or that it is gone. */
export function tellCommitment({ commitment }: Commitment, revealed: Revealed): string {
  const found = revealed.get(commitment);
  if (found && "value" in found) return found.value;
  return found?.lost === "unreadable" ? "(cannot be decrypted)" : "(erased)";
}

/** What an entry says, for a reader who may see personal data. */
export const tellPersonal = (value: Record<string, unknown> | null, revealed: Revealed) =>
  value &&
  Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      replaceCommitments(each, (commitment) => tellCommitment(commitment, revealed)),
    ]),
  );

const countKeys = (value: object) => Object.keys(value).length;
