import { checkHealth } from "#db/health.ts";

export const dynamic = "force-dynamic";

/** 200 when the database answers and has the code's schema, 503 otherwise; for load balancers and the supervisor. */
export async function GET(): Promise<Response> {
  const health = await checkHealth();
  return Response.json(health, {
    status: health.status === "ok" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
