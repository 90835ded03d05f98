import {
  BookOpen,
  FileDown,
  ListChecks,
  type LucideIcon,
  Radar,
  ScrollText,
  Server,
  Settings,
  ShieldAlert,
  Stamp,
  Wrench,
} from "lucide-react";
import type { Route } from "next";

/** An area of the product: where its link leads, which addresses are its own, and the letter that follows `g`. */
export type Area = {
  href: Route;
  root: string;
  word: string;
  key: string;
  Icon: LucideIcon;
  /** On a phone it stands in the bar itself; the others are behind More. */
  first?: true;
  /** Who may not is not shown it. */
  needs?: keyof Offers;
};

export const areas: readonly Area[] = [
  { href: "/findings", root: "/findings", word: "Findings", key: "f", Icon: ShieldAlert, first: true },
  { href: "/approvals" as Route, root: "/approvals", word: "Approvals", key: "a", Icon: Stamp, first: true },
  { href: "/remediation" as Route, root: "/remediation", word: "Remediation", key: "m", Icon: Wrench },
  { href: "/resources", root: "/resources", word: "Resources", key: "r", Icon: Server, first: true },
  { href: "/scans", root: "/scans", word: "Scans", key: "s", Icon: Radar, first: true },
  { href: "/checks", root: "/checks", word: "Checks", key: "c", Icon: ListChecks },
  { href: "/playbooks" as Route, root: "/playbooks", word: "Playbooks", key: "p", Icon: BookOpen },
  { href: "/imports", root: "/imports", word: "Imports", key: "i", Icon: FileDown },
  {
    href: "/audit" as Route,
    root: "/audit",
    word: "Audit",
    key: "u",
    Icon: ScrollText,
    needs: "readTrail",
  },
  { href: "/settings/accounts", root: "/settings", word: "Settings", key: "t", Icon: Settings },
];

/** What somebody may do, as far as the shell offers it. */
export type Offers = { scan: boolean; manageAccounts: boolean; manageUsers: boolean; readTrail: boolean };

/** The areas that somebody has. */
export const areasFor = (offers: Offers): readonly Area[] =>
  areas.filter(({ needs }) => !needs || offers[needs]);

/** Parts of areas, for who looks for them by name. */
export const pages: readonly { href: Route; word: string; area: string; needs?: keyof Offers }[] = [
  { href: "/audit/statistics" as Route, word: "Audit statistics", area: "Audit", needs: "readTrail" },
  { href: "/audit/errors" as Route, word: "Audit errors", area: "Audit", needs: "readTrail" },
  { href: "/audit/performance" as Route, word: "Audit performance", area: "Audit", needs: "readTrail" },
  { href: "/audit/integrity" as Route, word: "Audit integrity", area: "Audit", needs: "readTrail" },
  { href: "/audit/reports" as Route, word: "Audit reports", area: "Audit", needs: "readTrail" },
  { href: "/settings/accounts", word: "Accounts", area: "Settings" },
  {
    href: "/settings/accounts/connect",
    word: "Connect an account",
    area: "Settings",
    needs: "manageAccounts",
  },
  { href: "/settings/organisations", word: "Organisations", area: "Settings" },
  { href: "/settings/users", word: "Users", area: "Settings", needs: "manageUsers" },
  { href: "/settings/sla", word: "Due dates", area: "Settings" },
  { href: "/settings/remediation" as Route, word: "Remediation", area: "Settings" },
  { href: "/settings/profile", word: "Profile", area: "Settings" },
  { href: "/settings/sessions", word: "Sessions", area: "Settings" },
  { href: "/settings/tokens", word: "API tokens", area: "Settings" },
  { href: "/api-reference", word: "API reference", area: "For programs" },
];

export const isWithin = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);
