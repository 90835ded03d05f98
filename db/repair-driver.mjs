// Repairs the PostgreSQL driver after npm has installed it. Its newest version, 3.4.9, mishandles a connection that breaks
// inside a transaction, as when the server is restarted: the process dies of a TypeError or the connection never answers
// again, and a later statement of the broken transaction can run in whatever transaction uses the connection by then.
// Plain JavaScript, because npm runs it by the machine's own Node.js.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const connectionRepairs = [
  {
    why: "What was waiting to be written belongs to the broken connection, not to the next one.",
    before: `    incomings = null
    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)`,
    after: `    incomings = null
    clearImmediate(nextWriteTimer)
    nextWriteTimer = chunk = null
    socket.removeListener('data', data)`,
  },
  {
    why: "A statement sent between the error and the close is told so too, and leaves nothing for the next connection.",
    before: `    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    closedTime`,
    after: `    if (query || sent.length)
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = errorResponse = null
    closedTime`,
  },
  {
    why: "A statement for a connection that is gone is refused.",
    before: `    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
    after: `    if (socket === null) {
      queryError(q, Errors.connection('CONNECTION_CLOSED', options))
      return true
    }

    if (stream)
      return queryError(q, Errors.generic('COPY_IN_PROGRESS'`,
  },
  {
    why: "Nothing else writes to it either.",
    before: `  function nextWrite(fn) {
    const x = socket.write(chunk, fn)`,
    after: `  function nextWrite(fn) {
    if (socket === null) {
      chunk = nextWriteTimer = null
      return true
    }
    const x = socket.write(chunk, fn)`,
  },
];

const transactionRepairs = [
  {
    why: "A transaction ends with its connection.",
    before: `    let savepoints = 0
      , connection
      , prepare = null`,
    after: `    let savepoints = 0
      , connection
      , lost = null
      , prepare = null`,
  },
  {
    why: "Its statements that still wait are told.",
    before: `        new Promise((_, reject) => connection.onclose = reject)`,
    after: `        new Promise((_, reject) => connection.onclose = e => {
          lost = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })`,
  },
  {
    why: "No statement of it runs on the connection that takes the place of its own.",
    before: `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
    after: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)

        c.queue === full`,
  },
];

const driver = join(fileURLToPath(new URL("..", import.meta.url)), "node_modules", "postgres");

for (const folder of ["src", join("cjs", "src")]) {
  repair(join(driver, folder, "connection.js"), connectionRepairs);
  repair(join(driver, folder, "index.js"), transactionRepairs);
}

/** @param {string} file @param {{ before: string, after: string }[]} repairs */
function repair(file, repairs) {
  const found = readFileSync(file, "utf8");
  let text = found;
  for (const { before, after } of repairs) {
    if (text.includes(after)) continue;
    if (text.split(before).length !== 2) {
      process.stderr.write(
        `${file} is not the version that db/repair-driver.mjs knows: see whether it still needs repair.\n`,
      );
      process.exit(1);
    }
    text = text.replace(before, () => after);
  }
  if (text === found) return;
  // A file of its own, in case npm's cache or another checkout shares this one by a hard link.
  writeFileSync(`${file}.repaired`, text);
  renameSync(`${file}.repaired`, file);
}
