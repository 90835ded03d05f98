export const roles = ["ciso", "analyst", "manager", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];
