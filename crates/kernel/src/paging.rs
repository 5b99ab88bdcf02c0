//! Cursor paging: a page, and an opaque place to go on from.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Error, Result, codes};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last page.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Makes a page from up to `limit + 1` items: the extra one only shows that there is more.
    pub fn from_extra(mut items: Vec<T>, limit: usize, cursor: impl FnOnce(&T) -> Cursor) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next_cursor = if more { items.last().map(|last| cursor(last).0) } else { None };
        Self { items, next_cursor }
    }

    /// The same page of other things.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next_cursor: self.next_cursor }
    }
}

/// An opaque place in a list: the sort key of the last item that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

impl Cursor {
    /// Wraps the sort key of an item.
    pub fn encode<K: Serialize>(key: &K) -> Self {
        let json = serde_json::to_vec(key).unwrap_or_default();
        Self(BASE64_URL_SAFE_NO_PAD.encode(json))
    }

    /// Reads the sort key back.
    ///
    /// # Errors
    /// `cursor_invalid` when the text was not made by this list.
    pub fn decode<K: DeserializeOwned>(text: &str) -> Result<K> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::new(codes::CURSOR_INVALID))?;
        serde_json::from_slice(&bytes).map_err(|_| Error::new(codes::CURSOR_INVALID))
    }
}

/// Which page is wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageRequest {
    /// How many items; 50 when absent. More than 200 are 200; less than 1 is refused.
    pub limit: Option<u32>,
    /// Where to go on, from `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageRequest {
    /// The number of items, held within 1 to 200.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(50).clamp(1, 200) as usize
    }

    /// The sort key to go on from.
    ///
    /// # Errors
    /// `cursor_invalid` when the cursor was not made by this list.
    pub fn after<K: DeserializeOwned>(&self) -> Result<Option<K>> {
        self.cursor.as_deref().map(Cursor::decode).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extra_item_only_tells_that_there_is_more() {
        let page = Page::from_extra(vec![1, 2, 3], 2, Cursor::encode);
        assert_eq!(page.items, [1, 2]);
        let key: i32 = Cursor::decode(page.next_cursor.as_deref().unwrap()).unwrap();
        assert_eq!(key, 2);
        assert_eq!(Page::from_extra(vec![1, 2], 2, Cursor::encode).next_cursor, None);
    }

    #[test]
    fn a_foreign_cursor_is_refused() {
        assert_eq!(Cursor::decode::<(i64, String)>("%%%").unwrap_err().code().id, "cursor_invalid");
        assert_eq!(Cursor::decode::<(i64, String)>("e30").unwrap_err().code().id, "cursor_invalid");
    }
}
