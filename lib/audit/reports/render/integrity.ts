import type { AuditIntegrity, VerificationView } from "#db/audit/model.ts";
import { cut, html, type Markup } from "./markup.ts";
import { type Clock, many, number } from "./words.ts";

const verdicts = {
  sound: ["done", "✓ Sound"],
  behind: ["refused", "! Behind"],
  unproven: ["refused", "? Not verified yet"],
  broken: ["failed", "✕ Broken"],
} as const;

export function integrityMark({ state }: AuditIntegrity): Markup {
  const [style, words] = verdicts[state];
  return html`<span class="mark ${style}">${words}</span>`;
}

/** Whether the trail can be believed, and what anybody needs to check that. */
export function integritySection(integrity: AuditIntegrity, clock: Clock): Markup {
  const { sealed, batches, pending, checkpoint, anchors, verification } = integrity;
  const reasons = integrity.reasons.map((reason) => html`<li>${cut(reason, 600)}</li>`);
  return html`<p>${integrityMark(integrity)}</p>${reasons.length > 0 ? html`<ul>${reasons}</ul>` : null}
<p>${many(sealed, "entry", "entries")} of the whole installation ${sealed === 1 ? "is" : "are"} sealed in ${many(batches, "batch", "batches")}; ${number(pending.count)}${pending.atLeast ? " or more" : ""} wait to be. ${verified("All of it", verification.all, clock)} ${verified("What came last", verification.tail, clock)}</p>
${
  anchors.length === 0
    ? html`<p class="soft">Checkpoints are written to no anchor outside the database.</p>`
    : html`<ul>${anchors.map(({ name, size, at, error }) => html`<li><code>${cut(name, 200)}</code>: ${size === null || at === null ? "holds no checkpoint yet" : `holds the checkpoint of ${number(size)}, written ${clock.full(at)}`}${error === null ? null : html` <span class="failed">! ${cut(error, 300)}</span>`}</li>`)}</ul>`
}
${
  checkpoint
    ? html`<p>The newest checkpoint, signed ${clock.full(checkpoint.at)} by the key <code>${cut(checkpoint.keyId)}</code>. Whoever keeps it can prove later that nothing of the ${number(checkpoint.size)} entries it covers was changed, taken away or put in between.</p><pre>${cut(
        checkpoint.note,
        4_000,
      )
        .split("\n")
        .map(
          (line) => html`${line}
`,
        )}</pre>`
    : html`<p class="soft">No checkpoint has been signed yet.</p>`
}`;
}

function verified(what: string, found: VerificationView | null, clock: Clock): string {
  if (!found) return `${what} has not been verified yet.`;
  const when = clock.full(found.endedAt);
  return found.ok
    ? `${what} was verified ${when}, without a complaint.`
    : `${what} was verified ${when}: ${many(found.problems.length, "complaint")}.`;
}
