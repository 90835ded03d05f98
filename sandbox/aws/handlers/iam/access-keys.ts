import { randomBytes } from "node:crypto";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { addCredential } from "../state.ts";
import { newIamId } from "./ids.ts";
import {
  findUser,
  type IamState,
  iam,
  type KeyState,
  noSuchEntity,
  pageOf,
  type UserState,
} from "./state.ts";

/** Access keys of users. A key that is made can sign at once; one that is switched off or removed no longer can. */
export const accessKeyHandlers = {
  ListAccessKeys: (input, call) => {
    const name = input.UserName ?? call.principal.arn.split("/").at(-1);
    const keys = findUser(iam(call), name).accessKeys.map((key) => key.metadata);
    const { items, ...rest } = pageOf(keys, input, (key) => key.AccessKeyId);
    return { AccessKeyMetadata: items, ...rest };
  },
  GetAccessKeyLastUsed: (input, call) => {
    for (const { user, accessKeys } of iam(call).users.values()) {
      const key = accessKeys.find(({ metadata }) => metadata.AccessKeyId === input.AccessKeyId);
      if (!key) continue;
      return {
        UserName: user.UserName,
        AccessKeyLastUsed: key.lastUsed ?? { ServiceName: "N/A", Region: "N/A" },
      };
    }
    throw noSuchEntity(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
  },
  CreateAccessKey: (input, call) => {
    const owner = findUser(iam(call), input.UserName ?? call.principal.arn.split("/").at(-1));
    if (owner.accessKeys.length >= 2) {
      throw new AwsError("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", 409);
    }
    const AccessKeyId = newIamId("AKIA");
    const SecretAccessKey = randomBytes(30).toString("base64");
    const metadata = {
      UserName: owner.user.UserName,
      AccessKeyId,
      Status: "Active" as const,
      CreateDate: call.now,
    };
    owner.accessKeys.push({ metadata, lastUsed: null, secretAccessKey: SecretAccessKey });
    addCredential(call.estate, {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      account: call.account,
      arn: owner.user.Arn ?? "",
    });
    return { AccessKey: { ...metadata, UserName: owner.user.UserName, SecretAccessKey } };
  },
  UpdateAccessKey: (input, call) => {
    const { owner, key } = findKey(iam(call), input);
    key.metadata.Status = input.Status;
    if (input.Status !== "Active") {
      call.estate.credentials.delete(key.metadata.AccessKeyId);
    } else if (key.secretAccessKey) {
      addCredential(call.estate, {
        accessKeyId: key.metadata.AccessKeyId,
        secretAccessKey: key.secretAccessKey,
        account: call.account,
        arn: owner.user.Arn ?? "",
      });
    }
    return {};
  },
  DeleteAccessKey: (input, call) => {
    const { owner, key } = findKey(iam(call), input);
    owner.accessKeys = owner.accessKeys.filter((one) => one !== key);
    call.estate.credentials.delete(key.metadata.AccessKeyId);
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

type KeyInput = { UserName?: string; AccessKeyId: string | undefined };

function findKey(state: IamState, input: KeyInput): { owner: UserState; key: KeyState } {
  const owners = input.UserName ? [findUser(state, input.UserName)] : state.users.values();
  for (const owner of owners) {
    const key = owner.accessKeys.find(({ metadata }) => metadata.AccessKeyId === input.AccessKeyId);
    if (key) return { owner, key };
  }
  throw noSuchEntity(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
}
