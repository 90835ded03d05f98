import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { HealthMark } from "#components/accounts/account-health.tsx";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Identifier } from "#components/ui/identifier.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AccountDetail } from "#db/accounts/queries.ts";
import { levelWord } from "../../level-word.ts";

export function AccountHead({ account, children }: { account: AccountDetail; children: ReactNode }) {
  const { cloud, level, name, externalId, environment, health } = account;
  return (
    <header className="px-4 pt-5 pb-6 sm:px-6">
      <Link
        href="/settings/accounts"
        className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Accounts
      </Link>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex min-w-0 items-center gap-3">
            <CloudBadge cloud={cloud} />
            <h1 className="line-clamp-2 min-w-0 text-28 tracking-[-0.02em]">
              <Untrusted text={name} limit={160} />
            </h1>
          </div>
          <div className="mt-2.5 flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1.5">
            <HealthMark health={health} />
            {account.sandbox ? <Badge tone="accent">Sandbox</Badge> : null}
            {environment ? (
              <Badge>
                <span className="max-w-48 truncate">
                  <Untrusted text={environment} limit={50} />
                </span>
              </Badge>
            ) : null}
            <span className="flex min-w-0 items-center gap-1.5 text-13 text-ink-faint">
              <span className="shrink-0">{levelWord(cloud, level)}</span>
              <Identifier value={externalId} what="the id" />
            </span>
          </div>
        </div>
        {children}
      </div>
    </header>
  );
}
