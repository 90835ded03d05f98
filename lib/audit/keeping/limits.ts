/** No entry leaves the database sooner, whatever an organisation sets: the database itself keeps to it. */
export const shortestDays = 30;
export const longestDays = 3_650;
export const usualDays = 90;

/** Below this, what is written between two looks at a file's size could outgrow it. */
export const shortestArchiveMb = 5;
export const mostArchiveMb = 2_000;
export const usualArchiveMb = 50;
