//! The description of the API as it is checked in. `HEARD_UPDATE=1` writes it.

use std::path::Path;

#[test]
fn the_description_of_the_api_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let text = heard_web::openapi(heard_server::features::routes());
    if std::env::var_os("HEARD_UPDATE").is_some() {
        std::fs::write(&file, &text).expect("docs/openapi.json can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "docs/openapi.json differs: HEARD_UPDATE=1 cargo nextest run -p heard-server openapi");
}
