"use client";
import { useDeferredValue, useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/field.tsx";
import { growTree, narrowNode } from "./tree.ts";
import { TreeNode } from "./tree-node.tsx";

/** Above this many lines, only the first level is open at first. */
const openedWhole = 80;

/** The configuration as it was read: folded, searched, and copied piece by piece. What was not read is hatched. */
export function ConfigTree({
  config,
  unread,
}: {
  config: Readonly<Record<string, unknown>>;
  unread: readonly string[];
}) {
  const [text, setText] = useState("");
  const [openAll, setOpenAll] = useState<{ open: boolean; turn: number }>({ open: false, turn: 0 });
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const tree = useMemo(() => growTree(config, unread), [config, unread]);
  const shown = useMemo(
    () => (wanted ? tree.nodes.flatMap((node) => narrowNode(node, wanted) ?? []) : tree.nodes),
    [tree, wanted],
  );
  const whole = openAll.turn === 0 ? tree.size <= openedWhole : openAll.open;
  if (tree.nodes.length === 0) {
    return <p className="text-13 text-ink-soft">There is nothing to configure about it.</p>;
  }
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <span className="w-56 max-sm:w-full">
          <Input
            type="search"
            value={text}
            maxLength={200}
            aria-label="Search the configuration"
            placeholder="Field or value"
            className="h-8 text-13"
            onChange={({ target }) => setText(target.value)}
          />
        </span>
        <Button size="sm" onClick={() => setOpenAll({ open: !whole, turn: openAll.turn + 1 })}>
          {whole ? "Fold all" : "Unfold all"}
        </Button>
      </div>
      <div className="overflow-x-auto rounded border border-line bg-inset py-1.5 font-mono text-12 leading-5">
        {shown.length === 0 ? (
          <p className="px-3 py-1 font-sans text-13 text-ink-soft">No field or value has that in it.</p>
        ) : (
          <ul aria-label="Configuration" key={`${openAll.turn} ${wanted !== ""}`}>
            {shown.map((node) => (
              <TreeNode
                key={node.pointer}
                node={node}
                depth={0}
                open={whole || wanted !== ""}
                wanted={wanted}
              />
            ))}
          </ul>
        )}
      </div>
      {tree.cut ? (
        <p className="mt-1.5 text-12 text-ink-faint">The rest is not shown: it is too long to read here.</p>
      ) : null}
    </>
  );
}
