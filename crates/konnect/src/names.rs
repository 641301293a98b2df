//! Host names to addresses, keeping "there is no such name" apart from "there is no network".

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// Why a name gave no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// The network works and the name does not exist.
    #[error("no such host")]
    NoSuchHost,
    /// Nobody could be asked.
    #[error("names cannot be looked up")]
    Unavailable,
}

/// Turns host names into addresses.
#[async_trait]
pub trait NameLookup: Send + Sync {
    /// The addresses of `host`; their port is 0.
    async fn lookup(&self, host: &str) -> Result<Vec<SocketAddr>, NameError>;
}

/// The system's own names.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemNames;

#[async_trait]
impl NameLookup for SystemNames {
    async fn lookup(&self, host: &str) -> Result<Vec<SocketAddr>, NameError> {
        // RFC 6761: these never exist, and asking would only tell somebody.
        if host == "invalid" || host.ends_with(".invalid") {
            return Err(NameError::NoSuchHost);
        }
        // Plain http is for this machine alone, so these names never lead anywhere else.
        if host == "localhost" || host.ends_with(".localhost") {
            let here = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
            return Ok(here.map(|ip| SocketAddr::new(ip, 0)).to_vec());
        }
        let failure = match addresses(host).await.and_then(at_least_one) {
            Ok(found) => return Ok(found),
            Err(failure) => failure,
        };
        if failure.to_string().contains("Temporary failure") {
            return Err(NameError::Unavailable);
        }
        // Systems answer "no such name" as readily without a network. The domain above settles it.
        match host.split_once('.') {
            Some((_, parent)) if parent.contains('.') => {
                match addresses(parent).await.and_then(at_least_one) {
                    Ok(_) => Err(NameError::NoSuchHost),
                    Err(_) => Err(NameError::Unavailable),
                }
            }
            _ => Err(NameError::NoSuchHost),
        }
    }
}

async fn addresses(host: &str) -> std::io::Result<Vec<SocketAddr>> {
    Ok(tokio::net::lookup_host((host, 0)).await?.collect())
}

fn at_least_one(found: Vec<SocketAddr>) -> std::io::Result<Vec<SocketAddr>> {
    if found.is_empty() { Err(std::io::ErrorKind::NotFound.into()) } else { Ok(found) }
}

/// A [`NameLookup`] as reqwest wants it.
pub(crate) struct Resolver(pub Arc<dyn NameLookup>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.0.clone();
        Box::pin(async move {
            let found = names.lookup(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn reserved_names_are_never_asked_about() {
        for host in ["invalid", "kdv.invalid"] {
            assert_eq!(SystemNames.lookup(host).await, Err(NameError::NoSuchHost));
        }
        for host in ["localhost", "kdv.localhost"] {
            let found = SystemNames.lookup(host).await.unwrap();
            assert!(found.iter().all(|address| address.ip().is_loopback()));
        }
    }
}
