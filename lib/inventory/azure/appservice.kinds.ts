export interface AzureAppServiceKinds {
  /** Web apps, function apps and logic apps on App Service; their slots are not read. */
  "azure.appservice.app": {
    /** As Azure gives it, such as `app,linux` or `functionapp`. */
    type: string | null;
    state: string | null;
    httpsOnly?: boolean;
    publicNetworkAccess: string | null;
    /** Kinds of managed identity, such as `SystemAssigned`; empty without one. */
    identities?: string[];
    hostNames: string[];
    /** The oldest TLS version that is accepted, such as `1.2`. */
    minTlsVersion?: string;
    /** Uploads: `AllAllowed`, `FtpsOnly` or `Disabled`. */
    ftps?: string;
    remoteDebugging?: boolean;
    http2?: boolean;
  };
}
