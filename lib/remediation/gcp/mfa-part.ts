import { emptyPart, type PlaybookPart } from "../playbook-part.ts";

export const gcpMfa: PlaybookPart = emptyPart;
