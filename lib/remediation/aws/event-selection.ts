import type { AdvancedEventSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import { recordsManagementEvents, recordsS3Objects } from "#lib/checks/aws/event-selectors.ts";
import { eventSelectorsOf } from "#lib/inventory/aws/cloudtrail.ts";
import type { Json } from "../model.ts";

/** A trail has selectors of one sort; the other list is empty. As CloudTrail names them, so that a call takes them. */
export type Selection = {
  EventSelectors: {
    ReadWriteType: "All" | "ReadOnly" | "WriteOnly";
    IncludeManagementEvents: boolean;
    DataResources: { Type: string; Values: string[] }[];
    ExcludeManagementEventSources: string[];
  }[];
  AdvancedEventSelectors: { [key: string]: Json }[];
};

export type Needs = { management: boolean; s3Reads: boolean; s3Writes: boolean };

/** What every trail records that was never told otherwise. */
export const managementEvents: Selection = {
  EventSelectors: [
    {
      ReadWriteType: "All",
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ],
  AdvancedEventSelectors: [],
};

type Answer = { EventSelectors?: EventSelector[]; AdvancedEventSelectors?: AdvancedEventSelector[] };

/** A trail that was never given selectors records all management events, whether CloudTrail says so or not. */
export function selectionOf(answer: Answer): Selection {
  if (!answer.EventSelectors?.length && !answer.AdvancedEventSelectors?.length) return managementEvents;
  return {
    EventSelectors: (answer.EventSelectors ?? []).map((selector) => ({
      ReadWriteType: selector.ReadWriteType ?? "All",
      IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
      DataResources: (selector.DataResources ?? []).map(({ Type = "", Values = [] }) => ({ Type, Values })),
      ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
    })),
    // Through JSON, so that what isn't set is left out.
    AdvancedEventSelectors: JSON.parse(JSON.stringify(answer.AdvancedEventSelectors ?? [])),
  };
}

/** Which of the needs a selection doesn't meet, judged as the checks do. */
export function lackingIn(selection: Selection, needs: Needs): Needs {
  const selectors = eventSelectorsOf(selection as unknown as Answer) ?? { basic: [], advanced: [] };
  return {
    management: needs.management && !recordsManagementEvents(selectors),
    s3Reads: needs.s3Reads && !recordsS3Objects(selectors, "read"),
    s3Writes: needs.s3Writes && !recordsS3Objects(selectors, "write"),
  };
}

/** The selection with what it lacks added and nothing taken away; null when a trail can't have that many selectors. */
export function withLacking(selection: Selection, lacking: Needs, partition: string): Selection | null {
  const { management, s3Reads, s3Writes } = lacking;
  const s3 = s3Reads || s3Writes;
  if (selection.AdvancedEventSelectors.length > 0) {
    const readOnly = s3Reads && s3Writes ? [] : [{ Field: "readOnly", Equals: [String(s3Reads)] }];
    const added = [
      ...(management
        ? [
            {
              Name: "Management events",
              FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
            },
          ]
        : []),
      ...(s3
        ? [
            {
              Name: "S3 object events",
              FieldSelectors: [
                { Field: "eventCategory", Equals: ["Data"] },
                { Field: "resources.type", Equals: ["AWS::S3::Object"] },
                ...readOnly,
              ],
            },
          ]
        : []),
    ];
    return { ...selection, AdvancedEventSelectors: [...selection.AdvancedEventSelectors, ...added] };
  }
  const [everything] = managementEvents.EventSelectors;
  const added: Selection["EventSelectors"] = [...(management && everything ? [everything] : [])];
  if (s3) {
    added.push({
      ReadWriteType: s3Reads && s3Writes ? "All" : s3Reads ? "ReadOnly" : "WriteOnly",
      IncludeManagementEvents: false,
      DataResources: [{ Type: "AWS::S3::Object", Values: [`arn:${partition}:s3`] }],
      ExcludeManagementEventSources: [],
    });
  }
  const all = [...selection.EventSelectors, ...added];
  return all.length > mostSelectors ? null : { ...selection, EventSelectors: all };
}

/** Basic ones of one trail. */
const mostSelectors = 5;
