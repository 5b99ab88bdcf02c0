/** Lists of work across cases: tasks, and remedies that wait for approval. */
export default {
  across: {
    heading: "Tasks and approvals",
    tasks: "Tasks",
    remedies: "Remedies",
    whose: { mine: "My tasks", all: "All tasks" },
    whoseLabel: "Whose tasks",
    state: { open: "To do", done: "Done", not_needed: "Not needed" },
    stateLabel: "State",
    anyTeam: "All teams",
    anyone: "Everybody",
    overdue: "Overdue only",
    noLimit: "No limit",
    empty: { mine: "Nothing for you to do", all: "No open tasks" },
    emptyText: {
      mine: "Tasks given to you appear here, and those of your cases that name nobody.",
      all: "Tasks of cases under way appear here, what is due first at the top.",
    },
    showAll: "Show all tasks",
    noneEnded: "Nothing here yet",
    keys: { next: "Next task", previous: "Previous task", finish: "Finish task" },
    nothingWaits: "No remedy waits for approval",
    nothingWaitsText: "What goes beyond the authority of who asks appears here, for you to approve or refuse.",
    export: "Export the list",
    xlsx: "Workbook (.xlsx)",
    csv: "CSV file (.csv)",
    approveTitle: "Approve {name}?",
    approveText:
      "Case {number}, “{title}”. Once approved it counts as granted to the customer and goes into the record.",
    refused: "Refused; who asked sees the reason",
    decided: "decided by {name}",
    obstacle: {
      own: "You asked for it, so another colleague has to approve it.",
      beyond:
        "More than the plan lets you grant: a colleague with more authority has to approve it. You may refuse it.",
      decided: "Decided",
    },
  },
};
