import type { NextRequest } from "next/server";
import { searchEverything } from "#app/_shell/search-everything.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../answer.ts";

/** `GET /api/search?q=text`: the first few of everything that has the text in it. */
export const GET = (request: NextRequest): Promise<Response> =>
  answerRead((scope) => searchEverything(database().db, scope, request.nextUrl.searchParams.get("q") ?? ""));
