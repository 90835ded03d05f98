import type { z } from "zod";
import { cut, MalformedAnswer } from "../answers.ts";

/** Reads an answer that came without types. Anything shaped otherwise is a malformed answer. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const { data, error, success } = schema.safeParse(answer);
  if (success) return data;
  const [issue] = error.issues;
  const where = issue?.path.join(".") || what;
  throw new MalformedAnswer(cut(`The answer's ${where} is not as it should be: ${issue?.message}.`));
}
