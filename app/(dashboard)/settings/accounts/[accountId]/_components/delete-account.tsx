"use client";
import { useRouter } from "next/navigation";
import { ConfirmByName } from "#components/ui/confirm-by-name.tsx";
import { deleteAccountAction } from "../../actions.ts";

/** Says what goes, and has the account's name typed: this can't be undone. */
export function DeleteAccount({
  account,
  open,
  onClose,
}: {
  account: { id: string; name: string; openFindings: number; resources: number };
  open: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const remove = async (typed: string) => {
    const result = await deleteAccountAction(account.id, typed);
    if (!result.ok) return result.fields.confirmation ?? result.message;
    router.push("/settings/accounts");
    return undefined;
  };
  return (
    <ConfirmByName
      name={account.name}
      label="The account's name, to show that you mean it"
      title="Delete this account?"
      verb="Delete for good"
      pendingWord="Deleting"
      onConfirm={remove}
      open={open}
      onClose={onClose}
    >
      {sayLoss(account)} Nothing is changed in the cloud itself, and the audit trail stays. This can't be
      undone; to only stop scanning it, disable it instead.
    </ConfirmByName>
  );
}

function sayLoss({ resources, openFindings }: { resources: number; openFindings: number }): string {
  if (resources + openFindings === 0) return "It goes with its settings and its part in past scans.";
  const what = `${resources.toLocaleString("en")} ${resources === 1 ? "resource" : "resources"}`;
  const open = `${openFindings.toLocaleString("en")} open ${openFindings === 1 ? "finding" : "findings"}`;
  return `With it go ${what} and ${open} that Parapet knows, their history, and its part in past scans.`;
}
