import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountKeyReminder } from "./account-key-reminder.ts";

testCheck(accountKeyReminder, {
  pass: [account(), account({ keyReminderDays: 30 })],
  fail: [[account({ keyReminderDays: null }), "No key expiration period is set."]],
  unknown: [account({ keyReminderDays: undefined })],
});
