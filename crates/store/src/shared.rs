//! What slices keep in memory beside one database.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// One value of each type, made when it is first asked for. It lives as long as the handle on the database, so that
/// what was learned from one database never answers for another.
#[derive(Default)]
pub struct Shared(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Shared {
    /// The value of a type.
    pub fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let value = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        // The key is the type of the value, so the second case cannot come about.
        Arc::clone(value).downcast().unwrap_or_default()
    }
}
