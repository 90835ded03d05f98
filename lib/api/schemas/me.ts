import { z } from "zod";
import { roles } from "#db/identity/roles.ts";
import { permissions } from "../../auth/permissions.ts";
import { Moment, Person } from "./common.ts";

export const Me = z
  .object({
    user: Person.extend({ email: z.string(), role: z.enum(roles) }),
    organisation: z.object({ id: z.string(), name: z.string() }),
    token: z.object({ id: z.string(), name: z.string(), expiresAt: Moment }),
    permissions: z
      .array(z.enum(permissions))
      .describe("What both the token and its user's present role allow."),
    accountIds: z.array(z.string()).nullable().describe("Accounts that it sees; null for every one."),
    rate: z.object({ limit: z.int(), remaining: z.int(), resetSeconds: z.int() }),
  })
  .meta({ id: "Me" });

export const User = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    state: z.enum(["active", "invited", "disabled"]),
    seesAllAccounts: z.boolean(),
    lastSeenAt: Moment.nullable(),
  })
  .meta({ id: "User" });
