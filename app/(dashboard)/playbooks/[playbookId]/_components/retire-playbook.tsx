"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmByName } from "#components/ui/confirm-by-name.tsx";
import { retirePlaybookAction } from "../../actions.ts";

/** Takes a playbook of one's own out of the library. */
export function RetirePlaybook({ id, version }: { id: string; version: number }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const retire = async () => {
    const result = await retirePlaybookAction(id, version);
    if (!result.ok) return result.message;
    router.push("/playbooks" as Route);
    return undefined;
  };
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        Retire
      </Button>
      <ConfirmByName
        open={open}
        onClose={() => setOpen(false)}
        name={id}
        label="Type the playbook's id"
        title="Retire this playbook?"
        verb="Retire it"
        pendingWord="Retiring…"
        onConfirm={retire}
      >
        Nobody can propose fixes by it any more. Plans that were made from it stay as they are, and go on. You
        can save it again under the same id.
      </ConfirmByName>
    </>
  );
}
