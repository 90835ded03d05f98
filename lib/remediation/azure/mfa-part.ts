import { emptyPart, type PlaybookPart } from "../playbook-part.ts";

export const azureMfa: PlaybookPart = emptyPart;
