"use client";
import { cloudName } from "#components/findings/service-names.ts";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";

const texts: Readonly<Record<Cloud, string>> = {
  aws: "One AWS account.",
  azure: "A subscription, or a Microsoft Entra tenant.",
  gcp: "One project.",
};

/** Which cloud, and of Azure, whether a subscription or its directory. */
export function CloudStep({
  cloud,
  level,
  onCloud,
  onLevel,
}: {
  cloud: Cloud | undefined;
  level: AccountLevel;
  onCloud: (cloud: Cloud) => void;
  onLevel: (level: AccountLevel) => void;
}) {
  return (
    <>
      <ChoiceCards
        legend="Cloud"
        name="cloud"
        columns={3}
        chosen={cloud}
        onChoose={onCloud}
        choices={clouds.map((each) => ({ value: each, title: cloudName(each), text: texts[each] }))}
      />
      {cloud === "azure" ? (
        <ChoiceCards<AccountLevel>
          legend="What to connect"
          name="level"
          columns={2}
          chosen={level}
          onChoose={onLevel}
          choices={[
            { value: "account", title: "A subscription", text: "Machines, networks, storage, databases." },
            { value: "directory", title: "A directory", text: "The tenant's users, roles and policies." },
          ]}
        />
      ) : null}
    </>
  );
}
