import { Command } from "commander";
import { connectCommand } from "../accounts/connect.ts";
import { discoverCommand, syncCommand } from "../accounts/discover.ts";
import { editCommand } from "../accounts/edit.ts";
import { deleteCommand, disableCommand, enableCommand } from "../accounts/life.ts";
import { listCommand, showCommand } from "../accounts/list.ts";
import { testCommand } from "../accounts/test.ts";
import { writeIdentityCommand } from "../accounts/write-identity.ts";

export const command = () =>
  new Command("accounts")
    .description("connect, test, change and remove cloud accounts, and discover an organisation's")
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(connectCommand())
    .addCommand(editCommand())
    .addCommand(writeIdentityCommand())
    .addCommand(testCommand())
    .addCommand(disableCommand())
    .addCommand(enableCommand())
    .addCommand(deleteCommand())
    .addCommand(discoverCommand())
    .addCommand(syncCommand());
