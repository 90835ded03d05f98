import { z } from "zod";
import { urlProblem } from "../../../remediation/kinds/post-webhook.ts";
import { StreamFilter } from "../model.ts";

export const Id = z.string().min(1).max(80);

/** As it was read: an edit of what meanwhile changed is noticed. */
export const Revision = z.int().min(0);

/** Where a webhook goes: https, and the public internet. */
export const WebhookUrl = z
  .string()
  .trim()
  .max(2_000)
  .superRefine((url, context) => {
    const problem = urlProblem(url);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

/** What whoever makes or changes a stream says of it. */
export const StreamSettings = z.strictObject({
  name: z.string().trim().min(1, "Give it a name.").max(80, "At most 80 characters."),
  url: WebhookUrl,
  filter: StreamFilter.default(StreamFilter.parse({})),
});
