//! A short form for the events of this crate.

/// Declares an event: `event!(/// A team was made. TeamCreated = "team.created" about team team_id { team_id: TeamId });`
macro_rules! event {
    ($(#[$meta:meta])* $name:ident = $kind:literal about $subject:ident $id:ident {
        $($(#[$field_meta:meta])* $field:ident: $ty:ty),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $ty,)*
        }
        impl heard_runtime::Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> heard_runtime::Subject {
                heard_runtime::Subject::new(stringify!($subject), self.$id)
            }
        }
    };
}

pub(crate) use event;
