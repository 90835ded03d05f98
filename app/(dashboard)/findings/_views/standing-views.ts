/** Views that everyone has, as parts of addresses. */
export const standingViews = [
  { name: "Open", query: "" },
  { name: "Mine", query: "assignee=me" },
  { name: "Overdue", query: "due=overdue&sort=due" },
  { name: "Unassigned", query: "assignee=nobody&severity=critical,high" },
  { name: "By check", query: "group=check" },
] as const;
