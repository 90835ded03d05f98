"use client";
import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { enableAccountAction, scanAccountAction } from "../../actions.ts";
import { DeleteAccount } from "./delete-account.tsx";
import { DisableAccount } from "./disable-account.tsx";

/** What can be done with the account as a whole. */
export function AccountActions({
  account,
  mayManage,
  mayScan,
}: {
  account: { id: string; name: string; isDisabled: boolean; openFindings: number; resources: number };
  mayManage: boolean;
  mayScan: boolean;
}) {
  const router = useRouter();
  const [asking, setAsking] = useState<"disable" | "delete">();
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const scan = () =>
    start(async () => {
      const result = await scanAccountAction(account.id);
      if (result.ok) router.push(`/scans/${result.value.scanId}`);
      else setProblem(result.message);
    });
  const enable = () =>
    start(async () => {
      const result = await enableAccountAction(account.id);
      setProblem(result.ok ? undefined : result.message);
      router.refresh();
    });
  return (
    <div className="grid justify-items-end gap-2 max-sm:w-full max-sm:justify-items-start">
      <div className="flex flex-wrap items-center gap-2">
        {mayScan && !account.isDisabled ? (
          <Button look="primary" aria-disabled={pending} onClick={pending ? undefined : scan}>
            {pending ? "Starting" : "Scan now"}
          </Button>
        ) : null}
        {mayManage && account.isDisabled ? (
          <Button look="primary" aria-disabled={pending} onClick={pending ? undefined : enable}>
            {pending ? "Enabling" : "Enable"}
          </Button>
        ) : null}
        {mayManage ? (
          <>
            <LinkButton href={`/settings/accounts/${account.id}/edit`}>Edit</LinkButton>
            <Menu
              label="More"
              className="h-9 border border-line-strong bg-surface px-2.5"
              face={<Ellipsis aria-hidden className="size-4" />}
            >
              {account.isDisabled ? null : (
                <MenuItem onSelect={() => setAsking("disable")}>Disable…</MenuItem>
              )}
              <MenuItem onSelect={() => setAsking("delete")}>
                <span className="text-danger">Delete…</span>
              </MenuItem>
            </Menu>
          </>
        ) : null}
      </div>
      {problem ? (
        <p role="alert" className="max-w-72 text-13 text-danger sm:text-right">
          {problem}
        </p>
      ) : null}
      <DisableAccount
        accountId={account.id}
        open={asking === "disable"}
        onClose={() => setAsking(undefined)}
      />
      <DeleteAccount account={account} open={asking === "delete"} onClose={() => setAsking(undefined)} />
    </div>
  );
}
