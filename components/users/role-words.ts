import type { Role } from "#db/identity/roles.ts";

/** What a role is called, and what whoever has it may do, in plain words. */
export const roleWords: Readonly<Record<Role, { title: string; text: string }>> = {
  analyst: {
    title: "Analyst",
    text: "Works on findings: assigns, comments, mutes, asks for a risk to be accepted. Starts scans and imports reports.",
  },
  manager: {
    title: "Manager",
    text: "Works on findings, and decides on risks that others ask to have accepted. Sets by when findings are to be mended.",
  },
  ciso: {
    title: "CISO",
    text: "Sees everything, decides on risks that others ask to have accepted, and shares views. Changes no finding.",
  },
  auditor: {
    title: "Auditor",
    text: "Sees everything and the audit trail. Changes nothing.",
  },
  admin: {
    title: "Administrator",
    text: "Connects accounts and lets people in, works on findings, reads the audit trail. Never decides on risks.",
  },
};

/** From those who see to those who run the installation. */
export const roleOrder = [
  "analyst",
  "manager",
  "ciso",
  "auditor",
  "admin",
] as const satisfies readonly Role[];
