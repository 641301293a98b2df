//! `{"result": bool, "payload": …, "messages": [{"messageCode": …}]}`, which some answers come in
//! and others do not (A, B). `result: false` is a refusal even with status 200 (B, D).

use crate::error::PortalError;
use serde_json::Value;

/// The payload of a wrapped answer, or a bare answer as it is.
pub(crate) fn unwrap(answer: Value) -> Result<Value, PortalError> {
    let Value::Object(mut fields) = answer else { return Ok(answer) };
    match fields.get("result") {
        Some(Value::Bool(false)) => {
            let message_code = message_code(&Value::Object(fields));
            Err(PortalError::Refused { status: 200, message_code })
        }
        Some(Value::Bool(true)) => Ok(fields.remove("payload").unwrap_or(Value::Null)),
        _ if fields.contains_key("payload")
            && fields.keys().all(|key| key == "payload" || key == "messages") =>
        {
            Ok(fields.remove("payload").unwrap_or(Value::Null))
        }
        _ => Ok(Value::Object(fields)),
    }
}

/// The first message code of an answer, fit to be shown.
pub(crate) fn message_code(answer: &Value) -> Option<String> {
    let code = answer
        .get("messages")?
        .as_array()?
        .iter()
        .find_map(|message| message.get("messageCode").unwrap_or(message).as_str())?;
    let shown: String = code.chars().filter(|c| !c.is_control()).take(200).collect();
    let shown = shown.trim();
    (!shown.is_empty()).then(|| shown.to_owned())
}

/// All message codes of an answer.
pub(crate) fn message_codes(answer: &Value) -> Vec<String> {
    let messages = answer.get("messages").and_then(Value::as_array).into_iter().flatten();
    let codes =
        messages.filter_map(|message| message.get("messageCode").unwrap_or(message).as_str());
    codes.take(20).map(|code| code.chars().take(200).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn wrapped_and_bare_answers_are_the_same() {
        for answer in [
            json!({"result": true, "payload": [1], "messages": []}),
            json!({"payload": [1]}),
            json!({"payload": [1], "messages": []}),
            json!([1]),
        ] {
            assert_eq!(unwrap(answer), Ok(json!([1])));
        }
        let bare = json!({"payload": 1, "other": 2});
        assert_eq!(unwrap(bare.clone()), Ok(bare));
        assert_eq!(unwrap(json!({"result": true})), Ok(Value::Null));
    }

    #[test]
    fn a_refusal_keeps_the_portals_own_code() {
        let refused = |message_code: Option<&str>| {
            Err(PortalError::Refused { status: 200, message_code: message_code.map(str::to_owned) })
        };
        let code = json!({"result": false, "messages": [{"messageCode": "web.some\u{7}thing"}]});
        assert_eq!(unwrap(code), refused(Some("web.something")));
        assert_eq!(unwrap(json!({"result": false, "payload": {"x": 1}})), refused(None));
        assert_eq!(unwrap(json!({"result": false, "messages": "?"})), refused(None));
    }
}
