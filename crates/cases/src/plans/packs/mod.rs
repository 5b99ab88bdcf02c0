//! Packs: plans for a line of business to begin with, and clocks that laws demand. Data files, part of the program.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{ClockRule, Plan, Text};

#[cfg(test)]
mod tests;

/// A plan for a line of business to begin with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanPack)]
pub struct Pack {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// For whom it is, and what is in it.
    pub about: Text,
    /// The plan.
    pub plan: Plan,
}

/// Clocks that a law demands. They come switched off.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LawPack {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Whom it binds, and how to use it.
    pub about: Text,
    /// The law: name, who issued it, since when it is in force.
    pub source: Text,
    /// Its clocks.
    pub clocks: Vec<ClockRule>,
}

const PACKS: &[(&str, &str)] = &[
    ("general", include_str!("../../../packs/general.json")),
    ("education", include_str!("../../../packs/education.json")),
    ("app-store", include_str!("../../../packs/app-store.json")),
    ("game", include_str!("../../../packs/game.json")),
];

const LAWS: &[(&str, &str)] = &[
    ("market-regulation", include_str!("../../../packs/laws/market-regulation.json")),
    ("banking-insurance", include_str!("../../../packs/laws/banking-insurance.json")),
];

/// All packs, the general one first.
pub fn packs() -> &'static [Pack] {
    static READ: OnceLock<Vec<Pack>> = OnceLock::new();
    READ.get_or_init(|| read(PACKS))
}

/// A pack.
pub fn pack(key: &str) -> Option<&'static Pack> {
    packs().iter().find(|pack| pack.key == key)
}

/// All law packs.
pub fn laws() -> &'static [LawPack] {
    static READ: OnceLock<Vec<LawPack>> = OnceLock::new();
    READ.get_or_init(|| read(LAWS))
}

/// A law pack.
pub fn law(key: &str) -> Option<&'static LawPack> {
    laws().iter().find(|law| law.key == key)
}

/// The files are part of the program and its tests read each of them, so one that cannot be read is a broken build.
fn read<T: serde::de::DeserializeOwned>(files: &[(&str, &str)]) -> Vec<T> {
    let read = |(key, text): &(&str, &str)| match serde_json::from_str(text) {
        Ok(pack) => Some(pack),
        Err(error) => {
            tracing::error!(pack = key, %error, "a pack cannot be read");
            None
        }
    };
    files.iter().filter_map(read).collect()
}
