/**
 * Loaded into every child before its own code: when the supervisor is gone, by `kill -9` too, the channel to it closes
 * and the child ends at once, so that the next start finds no port taken.
 */
process.once("disconnect", () => process.exit(1));
// Listening for that alone must not keep a child running that has nothing left to do.
process.channel?.unref();
