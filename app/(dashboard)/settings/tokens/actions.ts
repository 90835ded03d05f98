"use server";
import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { type ActionResult, runAction } from "#app/_actions/action.ts";
import { type CreateTokenInput, createToken } from "#lib/tokens/create-token.ts";
import { revokeToken } from "#lib/tokens/revoke-token.ts";

export async function createTokenAction(
  input: z.input<typeof CreateTokenInput>,
): Promise<ActionResult<{ tokenId: string; token: string; expiresAt: string }>> {
  const result = await runAction(createToken, input);
  if (result.ok) revalidatePath("/settings/tokens");
  return result;
}

export async function revokeTokenAction(tokenId: string): Promise<ActionResult<{ tokenId: string }>> {
  const result = await runAction(revokeToken, { tokenId });
  revalidatePath("/settings/tokens");
  return result;
}
