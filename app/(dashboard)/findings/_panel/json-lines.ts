/** One line of a configuration as it is shown. */
export type JsonLine = {
  number: number;
  depth: number;
  text: string;
  /** True for the lines that prove the finding. */
  proof: boolean;
};

const longestValue = 2_000;
const mostLines = 5_000;

/**
 * A configuration as indented JSON, line by line, with the lines marked that JSON Pointers (RFC 6901) point at. `missed`
 * are the pointers that lead nowhere any more. Long strings and long documents are cut, and say so.
 */
export function jsonLines(
  config: unknown,
  pointers: readonly string[],
): { lines: JsonLine[]; missed: string[]; cut: boolean } {
  const lines: JsonLine[] = [];
  const wanted = new Set(pointers);
  const met = new Set<string>();
  let cut = false;
  const put = (depth: number, text: string, proof: boolean) => {
    if (lines.length >= mostLines) cut = true;
    else lines.push({ number: lines.length + 1, depth, text, proof });
  };
  const write = (
    value: unknown,
    pointer: string,
    depth: number,
    name: string,
    comma: string,
    within: boolean,
  ) => {
    if (wanted.has(pointer)) met.add(pointer);
    const proof = within || (wanted.has(pointer) && pointer !== "");
    if (typeof value !== "object" || value === null) {
      put(depth, `${name}${scalar(value)}${comma}`, proof);
      return;
    }
    const isList = Array.isArray(value);
    const entries = isList
      ? value.map((each, index) => [String(index), each] as const)
      : Object.entries(value);
    const [open, close] = isList ? ["[", "]"] : ["{", "}"];
    const short = isList ? inline(value) : entries.length === 0 ? "" : null;
    if (short !== null && !pointers.some((each) => each.startsWith(`${pointer}/`))) {
      put(depth, `${name}${open}${short}${close}${comma}`, proof);
      return;
    }
    put(depth, `${name}${open}`, proof);
    entries.forEach(([key, each], index) => {
      const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
      const after = index < entries.length - 1 ? "," : "";
      write(each, `${pointer}/${step}`, depth + 1, isList ? "" : `${scalar(key)}: `, after, proof);
    });
    put(depth, `${close}${comma}`, proof);
  };
  write(config, "", 0, "", "", false);
  return { lines, missed: pointers.filter((pointer) => !met.has(pointer)), cut };
}

/** The inside of a list that fits on one line; null for one that does not. */
function inline(list: readonly unknown[]): string | null {
  if (list.length > 8 || list.some((each) => typeof each === "object" && each !== null)) return null;
  const text = list.map(scalar).join(", ");
  return text.length <= 56 ? text : null;
}

function scalar(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.length > longestValue
    ? `${text.slice(0, longestValue)}…" /* ${text.length} characters */`
    : text;
}

export type Stretch = { lines: JsonLine[]; folded: boolean };

/** The lines in stretches: near a proof open, the rest folded away. With no proof nothing is folded. */
export function foldLines(lines: readonly JsonLine[], around = 2): Stretch[] {
  const proofs = lines.flatMap((line, at) => (line.proof ? [at] : []));
  if (proofs.length === 0) return lines.length > 0 ? [{ lines: [...lines], folded: false }] : [];
  const near = new Set<number>();
  for (const at of proofs) for (let each = at - around; each <= at + around; each += 1) near.add(each);
  const stretches: Stretch[] = [];
  lines.forEach((line, at) => {
    const folded = !near.has(at);
    const last = stretches.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else stretches.push({ lines: [line], folded });
  });
  // Folding a line or two away would take more room than it saves.
  return stretches.reduce<Stretch[]>((merged, stretch) => {
    const open = { lines: stretch.lines, folded: stretch.folded && stretch.lines.length > 3 };
    const last = merged.at(-1);
    if (last && !last.folded && !open.folded) last.lines = [...last.lines, ...open.lines];
    else merged.push(open);
    return merged;
  }, []);
}
