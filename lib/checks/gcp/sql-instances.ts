/** An entry for a database that runs outside Google Cloud, kept as the source of a replica: nothing of it is set here. */
export const isElsewhere = (instanceType: string): boolean => instanceType === "ON_PREMISES_INSTANCE";
