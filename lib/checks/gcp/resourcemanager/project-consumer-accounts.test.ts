import { testCheck } from "#lib/checks/test-check.ts";
import { projectConsumerAccounts } from "./project-consumer-accounts.ts";

const viewers = (...members: string[]) => ({
  config: { bindings: [{ role: "roles/viewer", members, condition: null }] },
});

testCheck(projectConsumerAccounts, {
  pass: [
    { config: { bindings: [] } },
    viewers("user:ada@example.com", "group:gmail.com@example.com"),
    viewers("user:ada@gmail.com.example.com"),
    viewers("deleted:user:ada@gmail.com?uid=1"),
  ],
  fail: [
    [viewers("user:ada@gmail.com"), "user:ada@gmail.com has roles/viewer."],
    [
      viewers("user:bob@example.com", "user:Ada@GMail.com", "user:cy@googlemail.com"),
      "user:Ada@GMail.com has roles/viewer and user:cy@googlemail.com has roles/viewer.",
    ],
  ],
  unknown: [{ config: {} }],
});
