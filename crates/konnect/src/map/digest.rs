//! Hashes: of a card, so that a change is seen; and short ones, where the portal gives no identity.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// What changes without the card having changed: being read, being liked.
const VOLATILE: [&str; 6] = ["isNew", "new", "liked", "unread", "isRead", "nrOfLikes"];
/// What marks the query of a signed address, which is another one each time.
const SIGNED: [&str; 4] = ["Signature=", "Expires=", "Key-Pair-Id=", "X-Amz-"];

/// The first 16 hexadecimal digits of a hash over `parts`, kept apart from each other.
pub(crate) fn short_digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut hex = hex::encode(hash.finalize());
    hex.truncate(16);
    hex
}

/// A hash of what a card says: the same for the same card read again, whatever the order of its
/// fields and the signatures of its addresses.
pub(crate) fn content_hash(card: &Value) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, card);
    hex::encode(hash.finalize())
}

fn feed(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Null => hash.update(b"n"),
        Value::Bool(true) => hash.update(b"t"),
        Value::Bool(false) => hash.update(b"f"),
        Value::Number(number) => feed_text(hash, b"#", &number.to_string()),
        Value::String(text) => feed_text(hash, b"s", &without_signatures(text)),
        Value::Array(values) => {
            hash.update(b"[");
            for value in values {
                feed(hash, value);
            }
            hash.update(b"]");
        }
        Value::Object(fields) => {
            // An absent field and an empty one say the same.
            let mut fields: Vec<_> = fields
                .iter()
                .filter(|(name, value)| !VOLATILE.contains(&name.as_str()) && !value.is_null())
                .collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            hash.update(b"{");
            for (name, value) in fields {
                feed_text(hash, b"k", name);
                feed(hash, value);
            }
            hash.update(b"}");
        }
    }
}

fn feed_text(hash: &mut Sha256, kind: &[u8], text: &str) {
    hash.update(kind);
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text);
}

/// The same JSON without signed queries, fit to be kept.
pub(crate) fn without_signed_queries(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(without_signatures(text)),
        Value::Array(values) => values.iter().map(without_signed_queries).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), without_signed_queries(value)))
            .collect(),
        other => other.clone(),
    }
}

/// Leaves out every query that holds a signature, also of addresses in the middle of HTML.
fn without_signatures(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('?') {
        let (before, query) = rest.split_at(at);
        let end = query
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | ')'))
            .unwrap_or(query.len());
        kept.push_str(before);
        if !SIGNED.iter().any(|mark| query[..end].contains(mark)) {
            kept.push_str(&query[..end]);
        }
        rest = &query[end..];
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_card_read_again_has_the_same_hash() {
        let card = |signature: &str, new: bool| {
            json!({
                "type": "photo", "x": null,
                "photos": [{
                    "id": "1", "new": new, "liked": new,
                    "thumbUrl": format!("https://m.example/a.jpeg?Expires=1&Signature={signature}"),
                }],
                "content": format!("<img src='https://m.example/b?Signature={signature}'> Hoe? Zo."),
            })
        };
        assert_eq!(content_hash(&card("a", true)), content_hash(&card("b", false)));
    }

    #[test]
    fn what_a_parent_sees_changes_the_hash() {
        let card = json!({"journal": {"content": "Hoe? Zo.", "edited": false}});
        let edited = json!({"journal": {"content": "Hoe? Zus.", "edited": false}});
        let moved = json!({"photos": [{"thumbUrl": "https://m.example/a?Signature=1"}]});
        let other = json!({"photos": [{"thumbUrl": "https://m.example/b?Signature=1"}]});
        assert_ne!(content_hash(&card), content_hash(&edited));
        assert_ne!(content_hash(&moved), content_hash(&other));
        assert_ne!(content_hash(&json!(["a", "b"])), content_hash(&json!(["ab"])));
    }

    #[test]
    fn kept_json_holds_no_signature() {
        let kept = without_signed_queries(&json!({
            "a": ["https://m.example/a?Expires=1&Key-Pair-Id=K&Signature=geheim"],
            "b": "<a href=\"https://m.example/b?x=1&Signature=geheim\">Wat?</a>",
        }));
        assert_eq!(
            kept,
            json!({"a": ["https://m.example/a"], "b": "<a href=\"https://m.example/b\">Wat?</a>"})
        );
    }
}
