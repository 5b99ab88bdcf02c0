//! What every handler can reach.

use std::sync::{Arc, RwLock};

use heard_kernel::Locale;
use heard_runtime::Ctx;

use crate::{Authenticator, Metrics, health::Health, realtime::Hub};

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Database, clock, ids, configuration.
    pub ctx: Ctx,
    /// Tells who is calling.
    pub auth: Arc<dyn Authenticator>,
    /// Tells connected people what happens.
    pub hub: Hub,
    /// Counts what goes on.
    pub metrics: Metrics,
    /// Whether the process can work.
    pub health: Health,
    /// What an administrator set about the site.
    pub site: Site,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(ctx: Ctx, auth: Arc<dyn Authenticator>) -> Self {
        let metrics = Metrics::default();
        let health = Health::new(&metrics);
        let hub = Hub::new(ctx.clone(), &metrics);
        Self { ctx, auth, hub, metrics, health, site: Site::default() }
    }
}

/// What an administrator sets and every request needs. `platform` keeps it up to date.
#[derive(Clone, Default, Debug)]
pub struct Site(Arc<RwLock<Values>>);

#[derive(Clone, Default, Debug)]
struct Values {
    locale: Locale,
    public_origin: Option<Arc<str>>,
}

impl Site {
    /// Sets the language of answers to callers who name none.
    pub fn set_locale(&self, locale: Locale) {
        self.write(|values| values.locale = locale);
    }

    /// Sets the address under which browsers reach Heard, such as `https://help.example.com`. A path after it is
    /// dropped.
    pub fn set_public_url(&self, url: Option<&str>) {
        self.write(|values| values.public_origin = url.map(|url| origin_of(url).into()));
    }

    /// The language of answers to callers who name none.
    pub fn locale(&self) -> Locale {
        self.read(|values| values.locale)
    }

    /// Scheme, host and port under which browsers reach Heard.
    pub fn public_origin(&self) -> Option<Arc<str>> {
        self.read(|values| values.public_origin.clone())
    }

    fn write(&self, change: impl FnOnce(&mut Values)) {
        change(&mut self.0.write().unwrap_or_else(|poisoned| poisoned.into_inner()));
    }

    fn read<T>(&self, pick: impl FnOnce(&Values) -> T) -> T {
        pick(&self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }
}

/// `https://host:port` of an address.
fn origin_of(url: &str) -> String {
    let host_at = url.find("://").map_or(0, |at| at + 3);
    let end = url[host_at..].find('/').map_or(url.len(), |at| host_at + at);
    url[..end].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_has_no_path() {
        assert_eq!(origin_of("https://Help.example.com:8443/heard/"), "https://help.example.com:8443");
        assert_eq!(origin_of("http://localhost"), "http://localhost");
    }
}
