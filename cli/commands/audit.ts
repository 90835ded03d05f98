import { Command } from "commander";
import { archiveCommand } from "../audit/archive.ts";
import { eraseCommand } from "../audit/erase.ts";
import { errorsCommand } from "../audit/errors.ts";
import { exportCommand } from "../audit/export.ts";
import { integrityCommand } from "../audit/integrity.ts";
import { performanceCommand } from "../audit/performance.ts";
import { proofCommand } from "../audit/proof.ts";
import { publicKeyCommand } from "../audit/public-key.ts";
import { queryCommand } from "../audit/query.ts";
import { reportCommand } from "../audit/report.ts";
import { statsCommand } from "../audit/stats.ts";
import { verifyCommand } from "../audit/verify.ts";

export const command = () =>
  new Command("audit")
    .description("read, verify, export and keep the audit trail")
    .addCommand(queryCommand())
    .addCommand(statsCommand())
    .addCommand(errorsCommand())
    .addCommand(performanceCommand())
    .addCommand(integrityCommand())
    .addCommand(verifyCommand())
    .addCommand(proofCommand())
    .addCommand(publicKeyCommand())
    .addCommand(exportCommand())
    .addCommand(archiveCommand())
    .addCommand(reportCommand())
    .addCommand(eraseCommand());
