/** A key whose private half is held outside of Google. Google's own, which rotate by themselves, aren't read. */
export type ServiceAccountKey = {
  /** The last part of the key's name: 40 hexadecimal digits. */
  id: string;
  /** Made by Google and handed out, or uploaded. `null`: Google doesn't say. */
  origin: "GOOGLE_PROVIDED" | "USER_PROVIDED" | null;
  disabled: boolean;
  /** When it was made. */
  validAfter: string | null;
  /** The year 9999 for a key that doesn't run out. */
  validBefore: string | null;
};

export interface IamKinds {
  /** Uid: `//iam.googleapis.com/projects/<project>/serviceAccounts/<email>`; name: its email; region `global`. */
  "gcp.iam.service-account": {
    email: string;
    displayName: string | null;
    uniqueId: string;
    disabled: boolean;
    /** Only those that users manage, by id. */
    keys?: ServiceAccountKey[];
  };
}
