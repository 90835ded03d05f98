"use client";
import { useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { Node } from "./tree.ts";

const looks: Readonly<Record<Node["kind"], string>> = {
  text: "text-ink",
  number: "text-ink",
  word: "text-ink-soft",
  list: "text-ink-faint",
  object: "text-ink-faint",
  unread: "text-ink-faint italic",
};

/** A line of the configuration; one with something beneath it folds. */
export function TreeNode({
  node,
  depth,
  open: openAtFirst,
  wanted,
}: {
  node: Node;
  depth: number;
  open: boolean;
  wanted: string;
}) {
  const [open, setOpen] = useState(openAtFirst);
  const folds = node.beneath.length > 0;
  const label = (
    <span
      className={cx(
        "max-w-[60%] shrink-0 text-ink-soft",
        wanted && node.label.toLowerCase().includes(wanted) && "bg-mark",
      )}
    >
      <Untrusted text={node.label} limit={200} />
    </span>
  );
  const indent = { paddingLeft: `${0.75 + Math.min(depth, 12) * 1.1}rem` };
  return (
    <li>
      <div style={indent} className="group flex min-h-6 items-start gap-1.5 pr-2 hover:bg-hover">
        {folds ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex min-w-0 items-baseline gap-1.5 rounded-xs py-0.5 text-left"
          >
            <span
              aria-hidden
              className={cx(
                "w-3 shrink-0 text-ink-faint transition-transform duration-120",
                open && "rotate-90",
              )}
            >
              ›
            </span>
            {label}
            <span className="text-ink-faint">
              {node.count} {node.kind === "list" ? "in a list" : node.count === 1 ? "field" : "fields"}
            </span>
          </button>
        ) : (
          <span className="flex min-w-0 items-baseline gap-1.5 py-0.5 pl-4.5">
            {label}
            {node.kind === "unread" ? (
              <span
                aria-hidden
                className="hatched size-3 shrink-0 self-center rounded-xs border border-gap"
              />
            ) : null}
            <span
              className={cx(
                "min-w-0 break-all whitespace-pre-wrap",
                looks[node.kind],
                hit(node, wanted) && "bg-mark",
              )}
            >
              {node.text === null ? (
                "none"
              ) : node.text === "" ? (
                "empty"
              ) : (
                <Untrusted text={node.text} limit={1_000} />
              )}
            </span>
          </span>
        )}
        <span className="ml-auto flex shrink-0 pl-2 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:opacity-100">
          <CopyButton text={node.pointer} label={`Copy the path ${node.pointer}`} className="size-6" />
          {node.text !== null && node.kind !== "unread" ? (
            <CopyButton text={node.text} label={`Copy the value of ${node.pointer}`} className="size-6" />
          ) : null}
        </span>
      </div>
      {folds && open ? (
        <ul>
          {node.beneath.map((each) => (
            <TreeNode key={each.pointer} node={each} depth={depth + 1} open={openAtFirst} wanted={wanted} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

const hit = (node: Node, wanted: string) =>
  wanted !== "" && (node.text?.toLowerCase().includes(wanted) ?? false);
