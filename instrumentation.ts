/** What the web interface holds for as long as it runs. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { database } = await import("#db/client.ts");
  const { keepFindingCounts } = await import("#db/findings/cube/keep.ts");
  keepFindingCounts(database());
}
