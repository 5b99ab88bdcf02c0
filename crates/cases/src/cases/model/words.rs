//! The words that cases are described with.

use heard_kernel::clock_policy::PauseReason;
use heard_store::words;

words! {
    /// Whether somebody is to act on a case.
    CaseState {
        /// The team is to act.
        Open => "open",
        /// The customer is to answer.
        WaitingCustomer => "waiting_customer",
        /// Somebody outside is to act.
        WaitingThirdParty => "waiting_third_party",
        /// It stands still for another reason, by decision of somebody with the right to it.
        OnHold => "on_hold",
        /// It is done and filed.
        Archived => "archived",
    }
}

impl CaseState {
    /// What it waits for.
    pub const fn waits_for(self) -> Option<PauseReason> {
        match self {
            Self::WaitingCustomer => Some(PauseReason::Customer),
            Self::WaitingThirdParty => Some(PauseReason::ThirdParty),
            Self::OnHold => Some(PauseReason::Other),
            Self::Open | Self::Archived => None,
        }
    }
}

words! {
    /// The list that holds a case.
    Shelf {
        /// Under way.
        Active => "active",
        /// Done and filed.
        Archived => "archived",
        /// Part of another case.
        Merged => "merged",
    }
}

words! {
    /// How a matter came to us.
    #[schema(as = CaseSource)]
    Source {
        /// In a conversation.
        Conversation => "conversation",
        /// By telephone.
        Phone => "phone",
        /// In person.
        Visit => "visit",
        /// By letter.
        Letter => "letter",
        /// By e-mail.
        Email => "email",
        /// By the feedback function of the product.
        InApp => "in_app",
        /// From another system.
        Api => "api",
        /// In another way.
        Other => "other",
    }
}

words! {
    /// Whether a case is taken on.
    #[schema(as = CaseDecision)]
    Decision {
        /// It is taken on.
        Accepted => "accepted",
        /// It is refused, with a reason.
        Refused => "refused",
    }
}

words! {
    /// Whether what the customer demands is reasonable.
    #[schema(as = CaseDemand)]
    Demand {
        /// It is.
        Reasonable => "reasonable",
        /// It is not, with an explanation for the customer.
        Unreasonable => "unreasonable",
    }
}

words! {
    /// Whether a complaint is upheld.
    #[schema(as = CaseUpheld)]
    Upheld {
        /// The customer is right.
        Yes => "yes",
        /// In part.
        Partly => "partly",
        /// It could not be confirmed.
        No => "no",
        /// It is without ground.
        Unjustified => "unjustified",
    }
}

words! {
    /// What became of the matter.
    #[schema(as = CaseOutcome)]
    Outcome {
        /// It is solved.
        Solved => "solved",
        /// In part.
        Partly => "partly",
        /// It could not be solved.
        Unsolved => "unsolved",
        /// It was not taken on.
        Refused => "refused",
        /// The customer took it back.
        Withdrawn => "withdrawn",
    }
}

words! {
    /// How the clocks of a case stand, the worst of them.
    #[schema(as = CaseClockState)]
    ClockState {
        /// None runs.
        None => "none",
        /// One runs, with time left.
        Running => "running",
        /// All that run stand still.
        Paused => "paused",
        /// One has used up its first share.
        Soon => "soon",
        /// One is breached and not fulfilled.
        Overdue => "overdue",
    }
}

words! {
    /// What somebody has to do with a case beside owning it.
    #[schema(as = CaseRole)]
    Role {
        /// Works on it too.
        Participant => "participant",
        /// Wants to know how it goes on.
        Watcher => "watcher",
        /// Is concerned by it and may neither own nor see it.
        Recused => "recused",
    }
}

words! {
    /// How a run of a stage ended.
    #[schema(as = CaseStageEnding)]
    StageEnding {
        /// What it asks for was there.
        Done => "done",
        /// It is optional and was left out, with a reason.
        Skipped => "skipped",
        /// An earlier stage began again, with a reason.
        Returned => "returned",
        /// Another flow holds now: type or version of the plan changed.
        Replaced => "replaced",
        /// The case was archived before it was done.
        Cut => "cut",
    }
}

words! {
    /// Why waiting ended.
    #[schema(as = CaseWaitEnding)]
    WaitEnding {
        /// Somebody went on.
        Resumed => "resumed",
        /// The customer wrote.
        CustomerMessage => "customer_message",
        /// It began to wait for something else.
        Replaced => "replaced",
        /// The case was archived.
        Archived => "archived",
    }
}

words! {
    /// Who gave evidence.
    #[schema(as = EvidenceGiver)]
    Giver {
        /// The customer.
        Customer => "customer",
        /// The team.
        Team => "team",
        /// Somebody outside.
        ThirdParty => "third_party",
    }
}

words! {
    /// What other slices count about a case, because stages ask for it.
    #[schema(as = CaseTally)]
    Tally {
        /// Hand-overs under way.
        OpenHandovers => "open_handovers",
        /// Required steps of playbooks that are not done, by kind of stage.
        OpenTasks => "open_tasks",
        /// Remedies granted.
        Remedies => "remedies",
        /// Acknowledgements sent with all their parts.
        Acknowledgements => "acknowledgements",
        /// Notices of the result sent with all their parts.
        ResultNotices => "result_notices",
    }
}
