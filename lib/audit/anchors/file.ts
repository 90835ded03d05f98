import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { makePrivateFolder } from "../../private-file.ts";
import { type Anchor, AnchorError } from "./anchor.ts";

const lineSchema = z.object({ at: z.iso.datetime(), size: z.number(), note: z.string() });
type Line = z.output<typeof lineSchema>;

/** Read from a file's end at a time; a line takes less than one. */
const chunkBytes = 65_536;

/** Without a checkpoint in so many bytes, the file is taken for somebody else's rather than into the memory. */
const longestLine = 8_388_608;

/** A file to which one line of JSON is added for each checkpoint: `{"at","size","note"}`. */
export function fileAnchor(path: string): Anchor {
  const name = `file:${path}`;
  /** Runs `act` on the file; answers `absent` where there is none. */
  const withFile = async <T>(flags: number, absent: T, act: (file: FileHandle) => Promise<T>): Promise<T> => {
    try {
      const file = await open(path, flags, 0o600);
      try {
        return await act(file);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error) && !(flags & constants.O_CREAT)) return absent;
      if (error instanceof AnchorError) throw error;
      throw new AnchorError(`The file ${path} cannot be used: ${reasonOf(error)}.`, { cause: error });
    }
  };
  const readLast = () =>
    withFile(constants.O_RDONLY, null, async (file) => {
      const { size } = await file.stat();
      // Twice as far back each time, until a whole line is found or the file is read.
      for (let span = chunkBytes; ; span *= 2) {
        const start = Math.max(0, size - span);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
        const lines = buffer.toString("utf8", 0, bytesRead).split("\n");
        // The first is half a line unless it begins the file; what lacks its newline was cut off while it was written.
        const last = lines
          .slice(start === 0 ? 0 : 1, -1)
          .flatMap(parseLine)
          .at(-1);
        if (last || start === 0) return last ?? null;
        if (span > longestLine) throw new AnchorError(`The end of the file ${path} holds no checkpoint.`);
      }
    });
  return {
    name,
    write: async (note, size) => {
      try {
        makePrivateFolder(dirname(path));
      } catch (error) {
        throw new AnchorError(`The folder of ${path} cannot be made: ${reasonOf(error)}.`, { cause: error });
      }
      const line = JSON.stringify({ at: new Date().toISOString(), size, note } satisfies Line);
      const flags = constants.O_CREAT | constants.O_APPEND | constants.O_RDWR;
      await withFile(flags, undefined, async (file) => {
        const { size: before } = await file.stat();
        await file.appendFile(`${(await endsLine(file, before)) ? "" : "\n"}${line}\n`);
        await file.sync();
        // A new file is there for good once its folder says so.
        if (before === 0) await syncFolder(dirname(path));
      });
      if ((await readLast())?.note !== note) {
        throw new AnchorError(`The file ${path} does not hold what was written to it.`);
      }
    },
    latest: async () => (await readLast())?.note ?? null,
    async *list(since) {
      let rest = "";
      let position = 0;
      for (;;) {
        const text = await withFile(constants.O_RDONLY, null, async (file) => {
          const { buffer, bytesRead } = await file.read(
            Buffer.alloc(chunkBytes * 16),
            0,
            chunkBytes * 16,
            position,
          );
          return bytesRead > 0 ? buffer.subarray(0, bytesRead) : null;
        });
        if (!text) return;
        position += text.length;
        // Notes are ASCII but for the dash before a signature, which a chunk may part: bytes are read one by one.
        const lines = (rest + text.toString("latin1")).split("\n");
        rest = lines.pop() ?? "";
        if (rest.length > longestLine)
          throw new AnchorError(`The file ${path} has a line that is no checkpoint's.`);
        for (const line of lines
          .map((each) => Buffer.from(each, "latin1").toString("utf8"))
          .flatMap(parseLine)) {
          if (!since || new Date(line.at) >= since) yield line.note;
        }
      }
    },
  };
}

/** The line, or nothing where it is none: one that a crash cut off, or somebody else's. */
function parseLine(text: string): Line[] {
  try {
    const read = lineSchema.safeParse(JSON.parse(text));
    return read.success ? [read.data] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString("latin1") === "\n";
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
