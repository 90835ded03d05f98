import { emptyPart, type PlaybookPart } from "../playbook-part.ts";

export const gcpCredentials: PlaybookPart = emptyPart;

/** Of the later, separately approved playbook that deletes what was rotated. */
export const gcpRotatedCredentials: PlaybookPart = emptyPart;
