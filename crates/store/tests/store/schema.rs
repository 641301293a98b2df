//! `docs/schema.sql` shows the present schema.

use std::path::Path;

#[test]
fn the_schema_document_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema.sql");
    let schema = schriftje_store::schema().unwrap();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == schema,
        "docs/schema.sql is behind: UPDATE_SCHEMA=1 cargo test -p schriftje-store --test store schema"
    );
}
