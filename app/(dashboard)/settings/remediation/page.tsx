import type { Metadata } from "next";
import { listAccountNames } from "#db/accounts/names.ts";
import { database } from "#db/client.ts";
import { listPlaybooks } from "#db/remediation/queries.ts";
import { getRemediationSettings } from "#db/remediation/settings-queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { mailSettings } from "#lib/mail/settings.ts";
import { isOpen, nextOpening } from "#lib/remediation/windows.ts";
import { LiveRefresh } from "../../../_shell/live-refresh.tsx";
import { Part } from "../_components/part.tsx";
import { AutoApprovals } from "./_components/auto-approvals.tsx";
import { ChangeWindows } from "./_components/change-windows.tsx";
import { FreezeSwitch } from "./_components/freeze-switch.tsx";
import { LimitsForm } from "./_components/limits-form.tsx";
import { MailPart } from "./_components/mail-part.tsx";

export const metadata: Metadata = { title: "Remediation settings" };

/** How far fixes may go: the freeze switch, limits, change windows, standing approvals, e-mail. */
export default async function RemediationSettingsPage() {
  const scope = await requireScope();
  const { db } = database();
  const [settings, names, playbooks] = await Promise.all([
    getRemediationSettings(db, scope),
    listAccountNames(db, scope),
    listPlaybooks(db, scope),
  ]);
  const seesAll = scope.accountIds === null;
  const manages = scope.can("remediation:manage");
  const accounts = names.toSorted((a, b) => a.name.localeCompare(b.name));
  const now = new Date();
  const windows = settings.windows.map((window) => ({
    ...window,
    open: isOpen([window], now),
    opens: nextOpening([[window]], now)?.toISOString() ?? null,
  }));
  return (
    <div className="max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <LiveRefresh active />
      <h1 className="text-28 tracking-[-0.02em]">Remediation</h1>
      <p className="mt-1 max-w-[68ch] text-14 text-pretty text-ink-soft">
        How far fixes may go. Each one is approved by somebody else than who asks for it, for exactly what its
        plan shows; these limits hold beyond that.
        {manages ? "" : " Administrators set them."}
      </p>
      <FreezeSwitch
        freeze={settings.freeze}
        now={now.toISOString()}
        may={scope.can("remediation:freeze") && seesAll}
      />
      <Part id="limits" title="Limits" about="Kept small by default, so that a mistake stays small.">
        <LimitsForm key={settings.revision} settings={settings} may={manages && seesAll} />
      </Part>
      <Part
        id="windows"
        title="Change windows"
        about="When fixes may begin. An account without a window of its own follows those for all accounts; without any, fixes may begin at any time."
      >
        <ChangeWindows
          windows={windows}
          accounts={accounts}
          may={manages}
          mayForAll={manages && seesAll}
          now={now.toISOString()}
        />
      </Part>
      <Part
        id="auto"
        title="Automatic approvals"
        about="Off unless you add a rule. Only playbooks of low risk that can be rolled back wholly are offered, and a rule never approves what whoever made it asks for."
      >
        <AutoApprovals
          rules={settings.autoApprovals}
          playbooks={playbooks
            .filter(({ risk, irreversible }) => risk === "low" && irreversible.length === 0)
            .map(({ id, title }) => ({ id, title }))}
          titles={Object.fromEntries(playbooks.map(({ id, title }) => [id, title]))}
          accounts={accounts}
          may={manages}
          now={now.toISOString()}
        />
      </Part>
      <Part
        id="mail"
        title="E-mail"
        about="Approvers are told of plans that wait for them, and whoever asked of what came of it, with a link and without details."
      >
        <MailPart settings={mailSettings()} may={manages} />
      </Part>
    </div>
  );
}
