import { emptyPart, type PlaybookPart } from "../playbook-part.ts";

export const azureLogging: PlaybookPart = emptyPart;
