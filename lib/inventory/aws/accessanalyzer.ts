import { type AnalyzerSummary, paginateListAnalyzers } from "@aws-sdk/client-accessanalyzer";
import { cut, readAndUnread, required } from "../answers.ts";
import type { AccessAnalyzer } from "./accessanalyzer.kinds.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector } from "./collector.ts";

/** Reads which analyzers IAM Access Analyzer has in one region. */
export const accessAnalyzerRegion: AwsCollector<"aws.accessanalyzer.region"> = {
  kind: "aws.accessanalyzer.region",
  cloud: "aws",
  service: "accessanalyzer",
  scope: "regional",
  permissions: ["access-analyzer:ListAnalyzers"],
  async *collect({ account, partition, region, clients, signal, read }) {
    const uid = accountSettingsUid(partition, "access-analyzer", region, account);
    const analyzers = await read(uid, "access-analyzer:ListAnalyzers", async () => {
      const found: AccessAnalyzer[] = [];
      const client = clients.accessanalyzer;
      const pages = paginateListAnalyzers({ client, pageSize: 100 }, {}, { abortSignal: signal });
      for await (const page of pages) found.push(...required(page.analyzers, "analyzers").map(analyzerOf));
      return found.sort((a, b) => (a.name < b.name ? -1 : 1));
    });
    const facets = readAndUnread({ analyzers: analyzers ?? undefined });
    const where = { account, region, name: region };
    yield {
      uid,
      kind: "aws.accessanalyzer.region",
      ...where,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};

const analyzerOf = (analyzer: AnalyzerSummary): AccessAnalyzer => ({
  name: cut(required(analyzer.name, "analyzers.name")),
  arn: required(analyzer.arn, "analyzers.arn"),
  type: required(analyzer.type, "analyzers.type"),
  status: required(analyzer.status, "analyzers.status"),
  statusReason: analyzer.statusReason?.code ?? null,
});
