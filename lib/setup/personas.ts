import type { Role } from "#db/identity/schema.ts";

/** Who works at Acme: one for each role, in the order in which the sign-in page shows them. */
export const personas: readonly { role: Role; name: string; email: string }[] = [
  { role: "ciso", name: "Ingrid Solheim", email: "ingrid.solheim@acme.example" },
  { role: "analyst", name: "Priya Raman", email: "priya.raman@acme.example" },
  { role: "manager", name: "Marcus Okoye", email: "marcus.okoye@acme.example" },
  { role: "auditor", name: "Claire Dubois", email: "claire.dubois@acme.example" },
  { role: "admin", name: "Diego Herrera", email: "diego.herrera@acme.example" },
];
