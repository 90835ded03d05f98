/**
 * A condition that the operator can put right, such as a taken port or an unreachable database. The command line prints
 * its message as one line, without a stack trace: the message says what is wrong and what to do, and holds no secret.
 */
export class StartError extends Error {
  override readonly name = "StartError";
}
