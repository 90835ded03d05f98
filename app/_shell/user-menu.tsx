"use client";
import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { signOut } from "./sign-out.ts";

export function UserMenu({ name, email, role }: { name: string; email: string; role: string }) {
  const [problem, setProblem] = useState(false);
  const leave = () => {
    signOut().catch(() => setProblem(true));
  };
  const initials = name
    .split(/\s+/)
    .map((word) => Array.from(word)[0] ?? "")
    .slice(0, 2)
    .join("");
  return (
    <Menu
      label={`Signed in as ${name}`}
      className="px-1"
      face={
        <span className="grid size-7 place-items-center rounded bg-inset text-12 font-[560] text-ink-soft">
          {initials}
        </span>
      }
    >
      <div role="none" className="border-b border-line px-2.5 pt-1.5 pb-2.5">
        <div className="text-13 font-[540]">{name}</div>
        <div className="text-12 text-ink-faint">{email}</div>
        <div className="mt-1 text-12 text-ink-faint capitalize">{role}</div>
      </div>
      <Link
        role="menuitem"
        tabIndex={-1}
        href="/settings/profile"
        className="mt-1 flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 text-13 outline-none hover:bg-hover focus-visible:bg-selected max-sm:min-h-10"
      >
        <UserRound aria-hidden strokeWidth={1.6} className="size-4 text-ink-faint" />
        Your profile
      </Link>
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden strokeWidth={1.6} className="size-4 text-ink-faint" />
        Sign out
      </MenuItem>
      {problem ? (
        <p role="alert" className="px-2.5 py-1.5 text-12 text-danger">
          Signing out did not work. You are still signed in.
        </p>
      ) : null}
    </Menu>
  );
}
