import type { ReactNode } from "react";

/** Teaches what will be here and offers the one step that gets it here. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-16 text-center">
      <Wall />
      <h2 className="mt-2 text-16">{title}</h2>
      <p className="max-w-[46ch] text-pretty text-14 text-ink-soft">{children}</p>
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

/** A stretch of wall in hairlines: seven merlons, the courses of stone beneath. */
function Wall() {
  const merlons = [0, 24, 48, 72, 96, 120, 144];
  return (
    <svg viewBox="0 0 160 48" width="160" height="48" aria-hidden fill="none" stroke="var(--line-strong)">
      <path
        d={`M.5 47.5V6.5${merlons.map((x, index) => (index === 6 ? `H159.5V47.5` : `H${x + 14.5}V16.5H${x + 24.5}V6.5`)).join("")}`}
        strokeLinejoin="round"
      />
      <path d="M.5 26.5h159M.5 37h159" stroke="var(--line)" />
      <path
        d="M28.5 26.5V37M68.5 26.5V37M108.5 26.5V37M148.5 26.5V37M12.5 37v10.5M48.5 37v10.5M88.5 37v10.5M128.5 37v10.5"
        stroke="var(--line)"
      />
    </svg>
  );
}
