const dayMs = 86_400_000;

export type Due = { text: string; tone: "overdue" | "soon" | "later" };

/** `3 d left`, `overdue 2 d`, from two ISO moments; what is due within a week is soon. */
export function sayDue(dueAt: string, now: string): Due {
  const days = (Date.parse(dueAt) - Date.parse(now)) / dayMs;
  if (days < 0) {
    const late = Math.floor(-days);
    return { text: late === 0 ? "overdue today" : `overdue ${late} d`, tone: "overdue" };
  }
  const left = Math.floor(days);
  return { text: left === 0 ? "due today" : `${left} d left`, tone: left < 7 ? "soon" : "later" };
}
