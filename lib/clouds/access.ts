import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { GapCode } from "#lib/inventory/model.ts";
import type { AwsClients } from "./aws/clients.ts";
import type { AzureClients } from "./azure/clients.ts";
import type { GcpClients } from "./gcp/clients.ts";

type Common = {
  /** The provider's id of the account that the credentials were seen to reach. */
  account: string;
  /** What the provider said by refusing a call; `null` for an error that no provider answered. */
  refusalOf(error: unknown): { code: GapCode; name: string; message: string } | null;
};

export type AwsAccess = Common & {
  cloud: "aws";
  partition: string;
  /** @param region `global` for services without regions. */
  clients(region: string): AwsClients;
};
export type AzureAccess = Common & { cloud: "azure"; level: AccountLevel; clients: AzureClients };
export type GcpAccess = Common & { cloud: "gcp"; clients: GcpClients };

/** One account's SDK clients, under its limits and with its retries: what reading for a plan and carrying one out go through. */
export type CloudAccess = AwsAccess | AzureAccess | GcpAccess;
