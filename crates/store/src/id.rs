//! Typed ids that can be stored, sent and documented.

/// Declares a typed id: `id_type!(/// Names a team. TeamId);`
#[macro_export]
macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug,
            $crate::macros::serde::Serialize, $crate::macros::serde::Deserialize,
            $crate::macros::utoipa::ToSchema,
        )]
        #[serde(transparent, crate = "heard_store::macros::serde")]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(pub $crate::macros::Uuid);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = <$crate::macros::Uuid as ::std::str::FromStr>::Err;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
        impl From<$crate::macros::Uuid> for $name {
            fn from(uuid: $crate::macros::Uuid) -> Self {
                Self(uuid)
            }
        }
        impl From<$name> for $crate::macros::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl From<$name> for $crate::Value {
            fn from(id: $name) -> Self {
                Self::Uuid(id.0)
            }
        }
        impl From<&$name> for $crate::Value {
            fn from(id: &$name) -> Self {
                Self::Uuid(id.0)
            }
        }
        impl $crate::Column for $name {
            fn from_cell(cell: $crate::Cell<'_>) -> Option<Self> {
                <$crate::macros::Uuid as $crate::Column>::from_cell(cell).map(Self)
            }
        }
    };
}
