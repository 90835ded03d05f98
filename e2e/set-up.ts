import { startProduct } from "./product.ts";

/** Playwright's global set-up: one product for all journeys, or the one that PARAPET_E2E_URL names with the AWS of its sandbox at
 * PARAPET_E2E_SANDBOX. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env.PARAPET_E2E_URL) return async () => undefined;
  const product = await startProduct();
  process.env.PARAPET_E2E_URL = product.url;
  process.env.PARAPET_E2E_SANDBOX = product.sandboxUrl ?? "";
  return product.stop;
}
