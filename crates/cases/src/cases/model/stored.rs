//! Declares a struct together with the columns that it is stored in.

/// Something that is stored as a row.
pub(crate) trait Stored {
    /// Column and value of every field.
    fn pairs(&self) -> Vec<(&'static str, heard_store::Value)>;
}

/// Declares a struct, its columns in their order, how it is read from a row, and the pairs of column and value that it is
/// written with. Fields under `json` are kept as documents.
macro_rules! stored {
    (
        $(#[$meta:meta])* $name:ident {
            $($(#[$about:meta])* $field:ident: $ty:ty),* $(,)?
        }
        json { $($(#[$json_about:meta])* $json_field:ident: $json_ty:ty),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug)]
        pub struct $name {
            $($(#[$about])* pub $field: $ty,)*
            $($(#[$json_about])* pub $json_field: $json_ty,)*
        }

        impl $name {
            /// The columns in the order of the fields.
            pub(crate) const COLUMNS: &'static [&'static str] = &[$(stringify!($field),)* $(stringify!($json_field),)*];
        }

        impl $crate::cases::Stored for $name {
            fn pairs(&self) -> Vec<(&'static str, heard_store::Value)> {
                vec![
                    $((stringify!($field), self.$field.clone().into()),)*
                    $((stringify!($json_field), heard_store::Json(&self.$json_field).into()),)*
                ]
            }
        }

        impl heard_store::FromRow for $name {
            fn from_row(row: &heard_store::Row<'_>) -> heard_kernel::Result<Self> {
                let columns = heard_store::Columns::new(row);
                Ok(Self {
                    $($field: columns.next()?,)*
                    $($json_field: columns.next::<heard_store::Json<$json_ty>>()?.0,)*
                })
            }
        }
    };
}

pub(crate) use stored;
