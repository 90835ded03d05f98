import { readStatus } from "#app/_shell/status.ts";
import { database } from "#db/client.ts";
import { answerRead } from "../answer.ts";

export const GET = (): Promise<Response> => answerRead((scope) => readStatus(database().db, scope));
