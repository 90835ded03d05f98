import { UnitsBar } from "#components/scans/units-bar.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AccountProgress } from "#db/scans/model.ts";
import { unitsIn } from "../scan-progress.ts";

/** How far a scan has come in each account, where its pieces are too many to draw one by one. */
export function AccountBars({ accounts }: { accounts: readonly AccountProgress[] }) {
  return (
    <ul className="grid gap-x-10 gap-y-2.5 text-13 md:grid-cols-2 xl:grid-cols-3">
      {accounts.map((each) => (
        <li
          key={each.accountId}
          className="grid grid-cols-[minmax(0,1fr)_8rem_4.5rem] items-center gap-3 max-sm:grid-cols-[minmax(0,1fr)_5rem_4rem]"
        >
          <span className="truncate">
            <Untrusted text={each.account} limit={60} />
          </span>
          <UnitsBar units={each.units} />
          <span className="text-right text-12 whitespace-nowrap text-ink-faint">
            {unitsIn(each) - each.units.waiting - each.units.queued - each.units.running} / {unitsIn(each)}
          </span>
        </li>
      ))}
    </ul>
  );
}
