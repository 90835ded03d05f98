/** A line of the configuration, with what is beneath it. */
export type Node = {
  /** JSON Pointer (RFC 6901), which tells lines apart and is what gets copied. */
  pointer: string;
  label: string;
  /** Plain values as text; null for what has something beneath it. */
  text: string | null;
  kind: "text" | "number" | "word" | "list" | "object" | "unread";
  /** Elements or fields beneath. */
  count: number;
  beneath: Node[];
};

/** Lines beyond which a configuration is cut. */
const mostNodes = 5_000;
const longestText = 4_000;

/** The configuration as nested lines; fields that could not be read stand among the others. */
export function growTree(
  config: Readonly<Record<string, unknown>>,
  unread: readonly string[],
): { nodes: Node[]; size: number; cut: boolean } {
  let size = 0;
  let cut = false;
  const grow = (pointer: string, label: string, value: unknown): Node => {
    size += 1;
    if (typeof value !== "object" || value === null) {
      const text = value === null ? "none" : String(value).slice(0, longestText);
      const kind = typeof value === "string" ? "text" : typeof value === "number" ? "number" : "word";
      return { pointer, label, text, kind, count: 0, beneath: [] };
    }
    const entries: [string, unknown][] = Array.isArray(value)
      ? value.map((each, at) => [String(at), each])
      : Object.entries(value);
    const beneath: Node[] = [];
    for (const [name, inner] of entries) {
      if (size >= mostNodes) {
        cut = true;
        break;
      }
      const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      beneath.push(grow(at, Array.isArray(value) ? String(Number(name) + 1) : name, inner));
    }
    const kind = Array.isArray(value) ? "list" : "object";
    return { pointer, label, text: null, kind, count: entries.length, beneath };
  };
  const nodes = grow("", "", config).beneath;
  const gaps = unread
    .filter((field) => config[field] === undefined)
    .map(
      (field): Node => ({
        pointer: `/${field}`,
        label: field,
        text: "not read",
        kind: "unread",
        count: 0,
        beneath: [],
      }),
    );
  return { nodes: [...nodes, ...gaps], size, cut };
}

/** The node with only what has the text in its label or value, and all beneath a label that has; undefined for none. */
export function narrowNode(node: Node, wanted: string): Node | undefined {
  const has = (text: string | null) => text?.toLowerCase().includes(wanted) ?? false;
  if (has(node.label) || has(node.text)) return node;
  const beneath = node.beneath.flatMap((each) => narrowNode(each, wanted) ?? []);
  return beneath.length > 0 ? { ...node, beneath } : undefined;
}
