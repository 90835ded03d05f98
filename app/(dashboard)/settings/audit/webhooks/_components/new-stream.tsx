"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SecretOnce } from "../../_match/secret-once.tsx";
import { StreamDialog } from "./stream-dialog.tsx";

/** Makes a webhook and shows its secret, once. */
export function NewStream() {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const close = () => setSecret(undefined);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        New webhook
      </Button>
      {open ? (
        <StreamDialog
          stream={null}
          onClose={() => setOpen(false)}
          onMade={(made) => {
            setOpen(false);
            setSecret(made);
          }}
        />
      ) : null}
      <Dialog
        wide
        open={secret !== undefined}
        onClose={close}
        title="Copy the secret now"
        footer={
          <Button look="primary" onClick={close}>
            I have copied it
          </Button>
        }
      >
        <SecretOnce secret={secret ?? ""} />
      </Dialog>
    </>
  );
}
