//! Values on the wire, by the type that the server wants.

use bytes::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::value::Value;

/// A parameter, borrowed.
#[derive(Debug)]
pub(crate) struct PgValue<'a>(pub(crate) &'a Value);

impl ToSql for PgValue<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Bool(v), &Type::BOOL) => v.to_sql(ty, out),
            (Value::Int(v), &Type::INT8) => v.to_sql(ty, out),
            (Value::Int(v), &Type::INT4) => i32::try_from(*v)?.to_sql(ty, out),
            (Value::Int(v), &Type::INT2) => i16::try_from(*v)?.to_sql(ty, out),
            (Value::Int(v), &Type::BOOL) => (*v != 0).to_sql(ty, out),
            (Value::Int(v), &Type::FLOAT8) => (*v as f64).to_sql(ty, out),
            // SQLite would make it NULL.
            (Value::Real(v), _) if v.is_nan() => Err("a number that is no number".into()),
            (Value::Real(v), &Type::FLOAT8) => v.to_sql(ty, out),
            // PostgreSQL cannot hold NUL in text. Cleaning drops it before; what comes here unclean is refused.
            (Value::Text(v), _) if v.contains('\0') => Err("text with a NUL character".into()),
            (Value::Text(v), &Type::TEXT | &Type::VARCHAR | &Type::NAME | &Type::UNKNOWN) => {
                v.to_sql(&Type::TEXT, out)
            }
            (Value::Bytes(v), &Type::BYTEA) => v.to_sql(ty, out),
            (Value::Bytes(v), &Type::UUID) => uuid::Uuid::from_slice(v)?.to_sql(ty, out),
            (Value::Uuid(v), &Type::UUID) => v.to_sql(ty, out),
            (value, ty) => Err(format!("{value:?} does not fit a column of type {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
