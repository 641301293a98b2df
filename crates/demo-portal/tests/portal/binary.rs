//! The program itself.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

fn start(arguments: &[&str]) -> (Child, Value) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demo-portal"))
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

#[cfg(unix)]
#[tokio::test]
async fn it_says_where_it_is_in_one_line_and_ends_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let (mut child, ready) = start(&[
        "--listen",
        "127.0.0.1:0",
        "--media-listen",
        "127.0.0.1:0",
        "--data",
        data,
        "--size",
        "small",
        "--organisation",
        "duinpan",
        "--seed",
        "5",
        "--now",
        "2026-03-16T10:30:00+01:00",
        "--tls",
        "--reading-marks-read",
        "--latency-ms",
        "1",
    ]);
    let accounts = ready["accounts"].as_array().unwrap();
    assert_eq!(accounts[0]["username"], "sanne");
    assert_eq!(accounts[0]["password"], "welkom-demo");
    for url in ["portal", "media", "staff"] {
        assert!(ready[url].as_str().unwrap().starts_with("https://127.0.0.1:"), "{url}");
    }
    let authority = std::fs::read(ready["ca_file"].as_str().unwrap()).unwrap();
    let authority = reqwest::Certificate::from_pem(&authority).unwrap();
    let http = reqwest::Client::builder().tls_certs_only([authority]).build().unwrap();
    let staff = ready["staff"].as_str().unwrap();
    let clock: Value =
        http.get(format!("{staff}clock")).send().await.unwrap().json().await.unwrap();
    assert_eq!(clock["now"], "2026-03-16T09:30:00Z");

    let terminated = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(terminated.unwrap().success());
    let mut rest = String::new();
    child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "one line is all it prints");
    assert!(child.wait().unwrap().success());
}
