/** Whom Google writes to about a project. */
export type EssentialContact = {
  email: string;
  /** Such as `SECURITY`, or `ALL`. */
  categories: string[];
  /** False when mail to the address is known to fail. */
  valid: boolean;
};

export interface EssentialContactsKinds {
  /** Uid: `//essentialcontacts.googleapis.com/projects/<id>`; name: the id; region `global`. */
  "gcp.essentialcontacts.project": {
    /** The project's own and those that it inherits, by e-mail. */
    contacts?: EssentialContact[];
  };
}
