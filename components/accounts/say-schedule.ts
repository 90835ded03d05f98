const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The schedules that a form offers; anything else is written by hand. */
export const usualSchedules = [
  { cron: "0 3 * * *", words: "Every night at 03:00" },
  { cron: "0 */6 * * *", words: "Every six hours" },
  { cron: "0 * * * *", words: "Every hour" },
  { cron: "0 3 * * 1", words: "Every Monday at 03:00" },
] as const;

/** A schedule in plain words where it is a simple one, else as the expression itself. */
export function saySchedule(cron: string | null, timeZone: string): string {
  if (cron === null) return "Only when asked";
  return `${sayCron(cron)}, ${timeZone}`;
}

function sayCron(cron: string): string {
  const usual = usualSchedules.find((each) => each.cron === cron);
  if (usual) return usual.words;
  const [minute, hour, date, month, day] = cron.trim().split(/\s+/);
  const isClock = /^\d+$/.test(minute ?? "") && /^\d+$/.test(hour ?? "");
  if (!isClock || date !== "*" || month !== "*") return cron;
  const clock = `${hour?.padStart(2, "0")}:${minute?.padStart(2, "0")}`;
  if (day === "*") return `Every day at ${clock}`;
  const named = /^[0-7]$/.test(day ?? "") ? days[Number(day)] : undefined;
  return named ? `Every ${named} at ${clock}` : cron;
}
