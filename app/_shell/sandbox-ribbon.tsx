/** Says at all times that no real cloud is looked at; its lower edge is a battlement. */
export function SandboxRibbon() {
  return (
    <div className="sticky top-0 z-20 h-8 shrink-0 bg-ground text-accent-soft">
      <p className="flex h-[27px] items-center gap-2.5 bg-current px-4 sm:px-6">
        <span className="text-12 font-[620] tracking-[0.08em] text-ink">SANDBOX</span>
        <span className="truncate text-12 text-ink-soft">An invented company in a simulated cloud</span>
      </p>
      <div aria-hidden className="crenels" />
    </div>
  );
}
