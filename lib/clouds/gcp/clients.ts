/** The SDK clients of one account, by service. Each is made when first asked for. */
export type GcpClients = Record<never, never>;
