/** Ids of other resources are spelled as uids are, save for the case of names: compare them without regard to it. */
export interface AzureComputeKinds {
  /** Machines of uniform scale sets are not among them. */
  "azure.compute.virtual-machine": {
    size: string | null;
    osType: "Linux" | "Windows" | null;
    /** Network interfaces, in Azure's order. */
    interfaceIds?: string[];
    /** Managed disks: the system's first, then data. */
    diskIds: string[];
    /** Addresses of disks that are files in a storage account, as all were before managed disks. */
    diskFiles: string[];
    /** `null` where it was never set, which leaves it off. */
    encryptionAtHost: boolean | null;
    /** `TrustedLaunch`, `ConfidentialVM` or `Standard`; `null` where it was never set, which is as `Standard`. */
    securityType?: string | null;
    secureBoot: boolean | null;
    virtualTpm: boolean | null;
    /** Whether SSH takes passwords; `null` on Windows, and where a disk was taken over as it was. */
    passwordLogin: boolean | null;
    /** Who looks for missing updates: `AutomaticByPlatform` has Azure do so; `null` where it was never set. */
    updateAssessment?: string | null;
  };
  "azure.compute.disk": {
    /** Such as `Attached`, `Unattached`, `Reserved` (its machine is deallocated) or `ActiveSAS`. */
    state?: string;
    /** ARM ids of machines. */
    attachedTo: string[];
    sizeGib: number | null;
    sku: string | null;
    /** Whose key encrypts the stored data. Azure always encrypts it. */
    encryption?: "platform" | "customer" | "platform-and-customer";
    /** Whether the machine itself encrypts the disk as well (Azure Disk Encryption). */
    diskEncryption: boolean;
    /** Who may export it by a signed URL. */
    networkAccess?: "AllowAll" | "AllowPrivate" | "DenyAll";
    publicNetworkAccess?: "Enabled" | "Disabled";
    createdAt: string | null;
  };
}
