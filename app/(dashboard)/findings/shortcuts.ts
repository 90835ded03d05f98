/** A key that does something on the findings page, as the help lists it. */
export type Shortcut = { keys: readonly string[]; does: string; group: "Move" | "Choose" | "Act" };

export const findingsShortcuts: readonly Shortcut[] = [
  { group: "Move", keys: ["j"], does: "Next finding" },
  { group: "Move", keys: ["k"], does: "Finding before" },
  { group: "Move", keys: ["Enter"], does: "Open the finding, or unfold the group" },
  { group: "Move", keys: ["Esc"], does: "Close the panel, then clear what is selected" },
  { group: "Move", keys: ["/"], does: "Search" },
  { group: "Move", keys: ["v"], does: "Saved views" },
  { group: "Choose", keys: ["x"], does: "Select the finding" },
  { group: "Choose", keys: ["Shift", "x"], does: "Select all from the last selected to here" },
  { group: "Act", keys: ["a"], does: "Assign" },
  { group: "Act", keys: ["e"], does: "Set the status" },
  { group: "Act", keys: ["d"], does: "Set the due date" },
  { group: "Act", keys: ["m"], does: "Mute" },
  { group: "Act", keys: ["c"], does: "Comment" },
  { group: "Act", keys: ["f"], does: "Propose a fix" },
];
