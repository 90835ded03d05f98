/** An answer of this product's own API. Throws what the user may be told. */
export async function readJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    ...(signal ? { signal } : {}),
  });
  if (response.status === 401) {
    // The session has ended: the sign-in page brings one back here.
    window.location.reload();
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const told = (body as { error?: { message?: string } } | null)?.error?.message;
  throw new Error(told ?? "Parapet did not answer. What you see may be out of date; it is asked again.");
}
