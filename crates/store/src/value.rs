//! Values that go into statements.

use heard_kernel::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// A parameter of a statement.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// SQL `NULL`.
    Null,
    /// `BOOLEAN`.
    Bool(bool),
    /// `BIGINT`.
    Int(i64),
    /// `DOUBLE PRECISION`.
    Real(f64),
    /// `TEXT`.
    Text(String),
    /// `BYTEA`.
    Bytes(Vec<u8>),
    /// `UUID`.
    Uuid(Uuid),
}

/// A document kept as JSON text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Json<T>(pub T);

macro_rules! value_from {
    ($($from:ty => |$v:ident| $into:expr),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self {
                $into
            }
        }
    )*};
}

value_from! {
    bool => |v| Self::Bool(v),
    i64 => |v| Self::Int(v),
    i32 => |v| Self::Int(v.into()),
    u32 => |v| Self::Int(v.into()),
    u16 => |v| Self::Int(v.into()),
    usize => |v| Self::Int(i64::try_from(v).unwrap_or(i64::MAX)),
    u64 => |v| Self::Int(i64::try_from(v).unwrap_or(i64::MAX)),
    f64 => |v| Self::Real(v),
    String => |v| Self::Text(v),
    &String => |v| Self::Text(v.clone()),
    &str => |v| Self::Text(v.to_owned()),
    Vec<u8> => |v| Self::Bytes(v),
    &[u8] => |v| Self::Bytes(v.to_vec()),
    Uuid => |v| Self::Uuid(v),
    &Uuid => |v| Self::Uuid(*v),
    Timestamp => |v| Self::Int(v.millis()),
    &serde_json::Value => |v| Self::Text(v.to_string()),
    serde_json::Value => |v| Self::Text(v.to_string()),
    &Value => |v| v.clone(),
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Serialize> From<&Json<T>> for Value {
    /// A document that cannot be written as JSON (a map with keys that are no text) is a defect of its type; it is
    /// stored as `null`, which reading it back reports.
    fn from(document: &Json<T>) -> Self {
        Self::Text(serde_json::to_string(&document.0).unwrap_or_else(|_| "null".to_owned()))
    }
}

impl<T: Serialize> From<Json<T>> for Value {
    fn from(document: Json<T>) -> Self {
        (&document).into()
    }
}

/// Makes the parameters of a statement: `params![id, name, Timestamp::from_millis(0)]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { [$($crate::Value::from($value)),*] };
}
