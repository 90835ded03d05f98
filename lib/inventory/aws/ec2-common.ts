import type { Tag } from "@aws-sdk/client-ec2";
import { required, tagRecord } from "../answers.ts";
import type { AwsContext } from "./collector.ts";

/** EC2 allows 1,000 items a page nearly everywhere; a server may send fewer. */
export const pageSize = 1000;

/** The ARN of a thing of EC2's, such as `arn:aws:ec2:eu-west-1:111122223333:volume/vol-1`; few of its answers hold one. */
export const ec2Arn = ({ partition, region, account }: AwsContext, type: string, id: string): string =>
  `arn:${partition}:ec2:${region}:${account}:${type}/${id}`;

/** What every resource of EC2 has in common: uid, place, tags, and its name, which is its tag `Name` or else its id. */
export function ec2Resource(
  context: AwsContext,
  type: string,
  id: string | undefined,
  tagList: Tag[] | undefined,
) {
  const { account, region } = context;
  const known = required(id, `${type} id`);
  const tags = tagRecord((tagList ?? []).map((tag) => [tag.Key, tag.Value]));
  return { uid: ec2Arn(context, type, known), account, region, name: tags.Name || known, tags };
}

/** The values that are there, each once and in order, so that EC2's changing order is no change. */
export const distinct = (values: Iterable<string | undefined>): string[] =>
  [...new Set(values)].filter((value): value is string => Boolean(value)).sort();
