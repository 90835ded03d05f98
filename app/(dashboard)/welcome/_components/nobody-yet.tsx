export const NobodyYet = () => (
  <p className="max-w-[60ch] text-14 text-pretty text-ink-soft">
    No account is connected yet. An administrator connects the first one; what is found in it then shows here
    and under Findings.
  </p>
);
