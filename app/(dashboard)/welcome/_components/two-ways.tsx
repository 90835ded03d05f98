"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConnectAccount } from "#app/(dashboard)/settings/_connection/connect-account.tsx";
import type { RolePermissions } from "#app/(dashboard)/settings/_connection/role-files.ts";
import { RoleTemplate } from "#app/(dashboard)/settings/_connection/role-template.tsx";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import { StartTrial } from "./start-trial.tsx";

/** An account of one's own, or a sandbox: what is chosen unfolds beneath. */
export function TwoWays({
  whyNoTrial,
  seals,
  suggestedExternalId,
  permissions,
}: {
  whyNoTrial: string | null;
  seals: boolean;
  suggestedExternalId: string;
  permissions: RolePermissions;
}) {
  const router = useRouter();
  const [way, setWay] = useState<"own" | "sandbox">();
  return (
    <div className="grid max-w-3xl gap-10">
      <ChoiceCards
        legend="How to begin"
        name="way"
        columns={2}
        chosen={way}
        onChoose={setWay}
        choices={[
          {
            value: "own",
            title: "Connect an account of yours",
            text: "AWS, Azure or Google Cloud, with a role that only reads. Five minutes.",
          },
          {
            value: "sandbox",
            title: "Try it with a sandbox",
            text: "An invented company's accounts in a simulated cloud on this machine. One click, and one to remove it.",
          },
        ]}
      />
      {way === "own" ? (
        <ConnectAccount
          suggestedExternalId={suggestedExternalId}
          roleTemplate={(about) => <RoleTemplate {...about} permissions={permissions} />}
          environments={[]}
          onConnected={() => router.refresh()}
        />
      ) : null}
      {way === "sandbox" ? <StartTrial whyNot={whyNoTrial} seals={seals} /> : null}
    </div>
  );
}
