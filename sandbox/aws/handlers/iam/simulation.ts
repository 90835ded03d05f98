import type { EvaluationResult } from "@aws-sdk/client-iam";
import { AwsError, type Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { findRole, findUser, iam, pageOf } from "./state.ts";

/** Says beforehand how the sandbox will answer: any identity may do anything but what a fault denies. */
export const simulationHandlers = {
  SimulatePrincipalPolicy: (input, call) => {
    checkPrincipal(input.PolicySourceArn ?? "", call);
    const actions = input.ActionNames ?? [];
    const results = actions.map((action): EvaluationResult => {
      if (!/^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action)) {
        throw new AwsError("InvalidInput", `Invalid Action: ${action}`, 400);
      }
      const denied = call.denies(action);
      return {
        EvalActionName: action,
        EvalResourceName: input.ResourceArns?.[0] ?? "*",
        EvalDecision: denied ? "explicitDeny" : "allowed",
        MatchedStatements: [],
        MissingContextValues: [],
      };
    });
    const { items, ...rest } = pageOf(results, input, (result) => result.EvalActionName);
    return { EvaluationResults: items, ...rest };
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

function checkPrincipal(arn: string, call: Call): void {
  const [, account, type, path = ""] = /^arn:aws:iam::(\d{12}):(user|role)\/(.+)$/.exec(arn) ?? [];
  if (account !== call.account || !type) {
    throw new AwsError(
      "InvalidInput",
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
      400,
    );
  }
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (type === "role") findRole(iam(call), name);
  else findUser(iam(call), name);
}
