/** Set by `proxy.ts` on every request, over whatever the client sent: the path and query that were asked for. */
export const requestPathHeader = "x-parapet-path";
