import { testCheck } from "#lib/checks/test-check.ts";
import { bucketUniformAccess } from "./bucket-uniform-access.ts";

const example = (uniformAccess?: boolean) => ({
  config: {
    createdAt: null,
    storageClass: "STANDARD",
    ...(uniformAccess === undefined ? {} : { uniformAccess }),
  },
});

testCheck(bucketUniformAccess, {
  pass: [example(true)],
  fail: [[example(false), "ACLs of single objects count beside IAM."]],
  unknown: [example()],
});
