/** Related resources counted on one side; of a network that everything is in, no more are looked up. */
export const relationLimit = 1_000;
