import { pickEnvironment } from "#lib/env.ts";
import { parentOf } from "#lib/postgres/process-identity.ts";

const intervalMs = 500;

/**
 * Calls `onGone` once when the npm that runs this process ends. A signal sent to npm alone never gets here: the shell
 * between them does not pass it on, and all of Parapet would run on with nobody holding it.
 */
export function watchLauncher(onGone: () => void): void {
  if (!pickEnvironment("npm_lifecycle_event").npm_lifecycle_event) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    onGone();
  }, intervalMs);
  timer.unref();
}
