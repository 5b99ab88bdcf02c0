//! What is told about dossiers.

use crate::ground::events_of_cases;

events_of_cases! {
    /// Somebody took out the dossier. For the audit
    DossierTaken = "case.dossier_taken" {
        /// `zip`, `json` or `html`.
        format: String,
        /// Whether the team's notes were in it.
        notes: bool,
        /// How many files it held.
        files: usize,
        /// SHA-256 of what was given out, in hexadecimal.
        sha256: String,
    }
}
