"use client";
import { type ReactNode, useId } from "react";
import { Button, type ButtonLook } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

/**
 * A modal dialog around a form: one button that sends it, as Enter does, and one that leaves everything as it is. While
 * it is `pending` it can't be sent again.
 */
export function FormDialog({
  title,
  onClose,
  onSubmit,
  action,
  cancel = "Cancel",
  look = "primary",
  pending = false,
  wide = false,
  children,
}: {
  title: string;
  onClose: () => void;
  onSubmit: () => void;
  /** What the button that sends it says. */
  action: ReactNode;
  cancel?: string;
  look?: ButtonLook;
  pending?: boolean;
  wide?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Dialog
      open
      wide={wide}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button look={look} type="submit" form={id} aria-disabled={pending}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) onSubmit();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
