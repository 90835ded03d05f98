import { styleText } from "node:util";
import { Command } from "commander";
import { diagnose, type Finding } from "../doctor/diagnose.ts";

export const command = () =>
  new Command("doctor")
    .description("check this machine and the set-up, and say what to do")
    .option("--json", "print one JSON object")
    .action(async (options: { json?: boolean }) => {
      const findings = await diagnose();
      const isWell = findings.every(({ status }) => status !== "bad");
      process.stdout.write(
        options.json ? `${JSON.stringify({ ok: isWell, checks: findings }, null, 2)}\n` : table(findings),
      );
      process.exit(isWell ? 0 : 1);
    });

const signs = { good: styleText("green", "✓"), bad: styleText("red", "✗"), skipped: styleText("dim", "–") };

function table(findings: readonly Finding[]): string {
  return findings
    .map(({ name, status, detail, advice }) => {
      const line = `  ${signs[status]} ${name.padEnd(18)} ${detail}\n`;
      return advice ? `${line}    ${" ".repeat(18)} → ${advice}\n` : line;
    })
    .join("");
}
