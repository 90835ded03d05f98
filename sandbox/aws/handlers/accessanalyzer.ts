import type { AnalyzerSummary } from "@aws-sdk/client-accessanalyzer";
import { AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { takePage } from "./paging.ts";
import { findAccount, regionalState } from "./state.ts";

export type AnalyzerState = AnalyzerSummary & { name: string; arn: string };

/** IAM Access Analyzer's analyzers of one region, by name. */
export const accessAnalyzerState = regionalState("access-analyzer", () => new Map<string, AnalyzerState>());

const analyzersOf = (call: Call) => accessAnalyzerState(findAccount(call), call.region);

export const accessAnalyzerHandlers = {
  ListAnalyzers: (input, call) => {
    const chosen = [...analyzersOf(call).values()].filter(({ type }) => !input.type || type === input.type);
    const page = takePage(chosen, {
      token: input.nextToken,
      max: input.maxResults,
      key: (analyzer) => analyzer.name,
      badToken: "ValidationException",
    });
    return { analyzers: page.items, nextToken: page.next };
  },
  GetAnalyzer: (input, call) => ({ analyzer: findAnalyzer(input.analyzerName, call) }),
  CreateAnalyzer: (input, call) => {
    const analyzers = analyzersOf(call);
    const { analyzerName: name = "", type } = input;
    if (!/^[A-Za-z][A-Za-z0-9_.-]{0,254}$/.test(name)) {
      throw new AwsError("ValidationException", "The analyzer name is not valid.", 400, {
        members: { reason: "fieldValidationFailed" },
      });
    }
    if (analyzers.has(name)) {
      throw new AwsError("ConflictException", "Analyzer already exists with the given name.", 409, {
        members: { resourceId: name, resourceType: "ANALYZER" },
      });
    }
    if (type === "ACCOUNT" && [...analyzers.values()].some((one) => one.type === "ACCOUNT")) {
      throw new AwsError(
        "ServiceQuotaExceededException",
        "You have reached the maximum number of account analyzers for this Region.",
        402,
        { members: { resourceId: name, resourceType: "ANALYZER" } },
      );
    }
    const arn = `arn:aws:access-analyzer:${call.region}:${call.account}:analyzer/${name}`;
    const tags = input.tags ?? {};
    analyzers.set(name, { arn, name, type, createdAt: call.now, tags, status: "ACTIVE" });
    return { arn };
  },
  DeleteAnalyzer: (input, call) => {
    analyzersOf(call).delete(findAnalyzer(input.analyzerName, call).name);
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-accessanalyzer")>;

function findAnalyzer(name: string | undefined, call: Call): AnalyzerState {
  const found = analyzersOf(call).get(name ?? "");
  if (found) return found;
  throw new AwsError("ResourceNotFoundException", `Analyzer ${name} does not exist.`, 404, {
    members: { resourceId: name ?? "", resourceType: "ANALYZER" },
  });
}
