/** Three merlons on a wall with an arrow slit. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={className}>
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M2 5.5C2 4.7 2.7 4 3.5 4h2C6.3 4 7 4.7 7 5.5V9h2.5V5.5C9.5 4.7 10.2 4 11 4h2c.8 0 1.5.7 1.5 1.5V9H17V5.5C17 4.7 17.7 4 18.5 4h2c.8 0 1.5.7 1.5 1.5v13c0 .8-.7 1.5-1.5 1.5h-17C2.7 20 2 19.3 2 18.5Zm9 7.5v4.5c0 .5.5 1 1 1s1-.5 1-1V13c0-.5-.5-1-1-1s-1 .5-1 1Z"
      />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark className="size-5.5 shrink-0 text-accent" />
      <span className="text-16 font-[620] tracking-[-0.02em]">Parapet</span>
    </span>
  );
}
