"use client";
import { useRouter } from "next/navigation";
import { ConfirmByName } from "#components/ui/confirm-by-name.tsx";
import { removeSourceAction } from "../../actions.ts";

/** Says what stays, and has the organisation's name typed. */
export function RemoveSource({
  source,
  open,
  onClose,
}: {
  source: { id: string; name: string; followers: number };
  open: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const remove = async (typed: string) => {
    const answer = await removeSourceAction(source.id, typed);
    if (!answer.ok) return answer.fields.confirmation ?? answer.message;
    router.push("/settings/organisations");
    return undefined;
  };
  const { followers } = source;
  return (
    <ConfirmByName
      name={source.name}
      label="The organisation's name, to show that you mean it"
      title="Remove this organisation?"
      verb="Remove"
      pendingWord="Removing"
      onConfirm={remove}
      open={open}
      onClose={onClose}
    >
      Its list of members goes, and nobody looks for new ones any more.{" "}
      {followers > 0
        ? `${followers === 1 ? "The account that follows it stays" : `The ${followers} accounts that follow it stay`} connected, each with a connection of its own.`
        : "No connected account follows it."}
    </ConfirmByName>
  );
}
