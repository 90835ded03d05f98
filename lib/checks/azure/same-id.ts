/** An ARM id as a key: Azure compares ids without regard to case. */
export const idKey = (id: string): string => id.toLowerCase();

export const sameId = (one: string, other: string): boolean => idKey(one) === idKey(other);
