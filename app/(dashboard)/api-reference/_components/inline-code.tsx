import { Fragment } from "react";

/** Words in which what stands between backquotes is code. */
export function InlineCode({ text }: { text: string }) {
  let at = 0;
  const parts = text.split("`").map((words, index) => {
    const part = { words, isCode: index % 2 === 1, at };
    at += words.length + 1;
    return part;
  });
  return parts.map(({ words, isCode, at: key }) =>
    isCode ? (
      <code key={key} className="font-mono text-[0.92em]">
        {words}
      </code>
    ) : (
      <Fragment key={key}>{words}</Fragment>
    ),
  );
}
