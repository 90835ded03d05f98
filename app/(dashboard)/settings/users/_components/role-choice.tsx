"use client";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import { roleOrder, roleWords } from "#components/users/role-words.ts";
import type { Role } from "#db/identity/roles.ts";

/** One of the roles, each with what it may do. */
export function RoleChoice({ chosen, onChoose }: { chosen: Role; onChoose: (role: Role) => void }) {
  return (
    <ChoiceCards
      legend="Role"
      name="role"
      chosen={chosen}
      onChoose={onChoose}
      columns={2}
      choices={roleOrder.map((value) => ({ value, ...roleWords[value] }))}
    />
  );
}
