/** One plan of Defender for Cloud; `Standard` is on. */
export type DefenderPlan = {
  /** Azure's name of it, such as `VirtualMachines`. */
  name: string;
  tier: "Free" | "Standard";
  /** `P1` and `P2` of the plan for servers, and the like. */
  subPlan: string | null;
  extensions: { name: string; enabled: boolean }[];
};

export type SecurityContact = {
  name: string;
  enabled: boolean;
  emails: string[];
  /** Azure roles whose holders are mailed, such as `Owner`; empty when that is off. */
  roles: string[];
  /** Alerts of this severity or higher are mailed: `Low`, `Medium` or `High`; `null` when none are. */
  alertSeverity: string | null;
  /** Attack paths of this risk or higher are mailed: `Low` to `Critical`; `null` when none are. */
  attackPathRisk: string | null;
};

export interface AzureDefenderKinds {
  /**
   * Microsoft Defender for Cloud over one subscription. Uid: `<subscription>/providers/Microsoft.Security`. Its parts are
   * `null` where it was never set up.
   */
  "azure.defender.subscription": {
    plans?: DefenderPlan[] | null;
    contacts?: SecurityContact[] | null;
    /** Integrations by name, such as `WDATP` for Defender for Endpoint. */
    settings?: { name: string; enabled: boolean }[] | null;
  };
}
