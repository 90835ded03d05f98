import { type AwsClients, awsClients } from "#lib/clouds/aws/clients.ts";
import type { AwsSession } from "#lib/clouds/aws/credentials.ts";

/** One account of the estate: how to reach it, and what was made in it. */
export class Site {
  readonly account: string;
  readonly session: AwsSession;
  /** The uid of each thing by the name that the expectations call it. */
  readonly uids = new Map<string, string>();

  constructor(account: string, session: AwsSession) {
    this.account = account;
    this.session = session;
  }

  /** The SDK's clients for a region; the estate's own, where most things are, when left out. */
  clients(region: string = homeRegion): AwsClients {
    return awsClients(this.session, region);
  }

  /** Gives a thing its name in the expectations. */
  name(name: string, uid: string): void {
    if (this.uids.has(name)) throw new Error(`There are two things called ${name}.`);
    this.uids.set(name, uid);
  }

  /** Names a thing of EC2's by its id, for which EC2 gives no ARN. */
  nameEc2(name: string, type: string, id: string, region: string = homeRegion): void {
    this.name(name, `arn:aws:ec2:${region}:${this.account}:${type}/${id}`);
  }
}

export const homeRegion = "eu-west-1";

/** The regions that are scanned; moto has them all enabled. */
export const regions = ["eu-west-1", "eu-central-1", "us-east-1"];

/** What a call must have answered for the estate to stand. */
export function made<T>(value: T | null | undefined, what: string): T {
  if (value === undefined || value === null) throw new Error(`moto made no ${what}.`);
  return value;
}
