/** The moment it is, but never before something that has happened: `now` is told once a minute only. */
export const notBefore = (at: string, now: string): string => (Date.parse(at) > Date.parse(now) ? at : now);
