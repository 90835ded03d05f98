"use client";
import { PersonMark } from "#components/findings/person-mark.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Person } from "#db/findings/model.ts";
import { countOf } from "../_state/say-change.ts";
import type { DialogProps } from "./act-dialogs.tsx";
import { type Pick, PickList } from "./pick-list.tsx";

const nobody = "nobody";

export function AssignDialog({
  asked,
  count,
  me,
  people,
  onClose,
  onChoose,
}: DialogProps & { me: Person; people: readonly Person[] }) {
  const of = asked.now?.assigneeId;
  const pick = (person: Person | null, suffix = ""): Pick => ({
    id: person?.id ?? nobody,
    words: person ? `${person.name}${suffix}` : "Nobody",
    chosen: of !== undefined && of === (person?.id ?? null),
    face: (
      <>
        <PersonMark person={person} />
        {suffix ? <span className="text-ink-faint">{suffix}</span> : null}
      </>
    ),
  });
  const others = people.filter(({ id }) => id !== me.id).map((person) => pick(person));
  return (
    <Dialog open onClose={onClose} title={`Assign ${countOf(count)}`} footer={null}>
      <PickList
        label="Search people"
        picks={[pick(me, "me"), ...others, pick(null)]}
        onPick={(id) => onChoose({ act: "assign", assigneeId: id === nobody ? null : id })}
      />
    </Dialog>
  );
}
