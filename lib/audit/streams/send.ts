import {
  postJson,
  refusal,
  signatureHeaders,
  unreachable,
  urlProblem,
  type WebhookPost,
} from "../../remediation/kinds/post-webhook.ts";
import { NotPublic } from "../../remediation/kinds/public-address.ts";

/** What came of sending something. `failed` may pass by itself, `refused` won't, and `gone` says to send no more. */
export type Answer =
  | { outcome: "delivered"; status: number }
  | { outcome: "failed" | "refused" | "gone"; status: number | null; error: string };

/** Posts to an address that somebody gave, without ever reaching this machine's own network. Never throws. */
export async function postTo(
  post: Omit<WebhookPost, "id" | "secrets"> & { headers: Record<string, string> },
) {
  const { url, allowLoopback = false } = post;
  const problem = urlProblem(url, { allowLoopback });
  if (problem) return { outcome: "refused", status: null, error: problem } as const;
  let status: number;
  try {
    status = await postJson(post);
  } catch (error) {
    return error instanceof NotPublic
      ? ({ outcome: "refused", status: null, error: `It was not sent: ${error.message}` } as const)
      : ({ outcome: "failed", status: null, error: sayWhy(url, error, post.timeoutMs) } as const);
  }
  if (status >= 200 && status < 300) return { outcome: "delivered", status } as const;
  return { outcome: status === 410 ? "gone" : "failed", status, error: refusal(status) } as const;
}

/** Sends a webhook as Standard Webhooks has it. Never throws. */
export const sendToReceiver = ({ id, secrets, ...post }: WebhookPost): Promise<Answer> =>
  postTo({ ...post, headers: signatureHeaders(id, post.body, secrets, new Date()) });

function sayWhy(url: string, error: unknown, timeoutMs: number): string {
  if (error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError")) {
    return `${new URL(url).hostname} did not answer within ${timeoutMs / 1_000} s.`;
  }
  return unreachable(url, error);
}
