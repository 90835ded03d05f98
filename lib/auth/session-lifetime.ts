/** A session ends this long after sign-in, however busy it was; the cookie and its token end with it. */
export const sessionLifetimeSeconds = 7 * 24 * 60 * 60;
