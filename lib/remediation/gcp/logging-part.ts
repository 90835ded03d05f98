import { emptyPart, type PlaybookPart } from "../playbook-part.ts";

export const gcpLogging: PlaybookPart = emptyPart;
