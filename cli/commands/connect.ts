import { connectCommand } from "../accounts/connect.ts";

/** The short way to `parapet accounts connect`. */
export const command = connectCommand;
