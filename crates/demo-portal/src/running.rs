//! Starting and stopping a portal.

use crate::clock::PortalClock;
use crate::conduct::conduct;
use crate::data;
use crate::faults::Faults;
use crate::live::{PAUSE, live};
use crate::nursery::Nursery;
use crate::options::Options;
use crate::pictures::Pictures;
use crate::portal::{Portal, Secret, Shared};
use crate::record::{Origin, Record, Recorded};
use crate::server::Server;
use crate::time_passes::time_passes;
use anyhow::Context;
use axum::Router;
use axum::middleware::from_fn_with_state;
use serde::Serialize;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// Somebody who can sign in, or shows why not.
#[derive(Clone, Debug, Serialize)]
pub struct DemoAccount {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
    /// The full name.
    pub name: String,
}

/// A portal that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct Running {
    /// The address a parent types, such as `http://127.0.0.1:40123/`.
    pub portal: Url,
    /// The origin the photos come from.
    pub media: Url,
    /// The base of the staff side, ending in `/`; it holds the key to it.
    pub staff: Url,
    /// Who can sign in; the first two are the parents of the demo family.
    pub accounts: Vec<DemoAccount>,
    /// The authority that signed the certificate, as PEM, with `tls`.
    pub ca_pem: Option<String>,
    shared: Shared,
    servers: [Server; 2],
    /// Lets the time pass, while it is held.
    time: AbortOnDrop,
    /// Posts something now and then, while it is held.
    live: Option<AbortOnDrop>,
}

#[derive(Debug)]
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Fills the data folder, if it does not hold this portal already, and starts both servers.
///
/// # Errors
/// When a port is taken or the data folder cannot be written.
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("cannot listen on {}", options.listen))?;
    let media_listener = TcpListener::bind(options.media_listen)
        .await
        .with_context(|| format!("cannot listen on {}", options.media_listen))?;
    let portal_url = url_of(listener.local_addr()?, options.tls)?;
    let media_url = url_of(media_listener.local_addr()?, options.tls)?;
    let (tls, ca_pem) = if options.tls {
        let mut names = vec!["localhost".to_owned()];
        names.extend(
            [&portal_url, &media_url]
                .into_iter()
                .filter_map(Url::host_str)
                .map(|host| host.trim_matches(['[', ']']).to_owned()),
        );
        names.dedup();
        let (config, pem) = crate::certificate::make(names)?;
        (Some(config), Some(pem))
    } else {
        (None, None)
    };

    let clock = PortalClock::new(options.now);
    let secret = Secret::grown_from(options.seed);
    let (store, children) = {
        let (options, secret, now) = (options.clone(), secret.clone(), clock.now());
        tokio::task::spawn_blocking(move || data::open(&options, &secret, now)).await??
    };
    let own_pictures = || options.data.join("pictures");
    let pictures = Pictures::new(options.pictures.clone().unwrap_or_else(own_pictures))?;
    let uploads = crate::uploads::Files::new(options.data.join("uploads"))?;
    let known = store.run(|db| crate::uploads::known(db)).await?;
    uploads.keep_only(&known)?;
    let staff_key = hex::encode(&secret.bytes(&["staff"])[..12]);
    let staff = portal_url.join(&format!("/staff/{staff_key}/"))?;
    let accounts = store.run(|db| data::accounts(db)).await?;
    let shared: Shared = Arc::new(Portal {
        album: data::Album::new(data::pool(options.size)),
        options,
        clock,
        store,
        children,
        faults: Faults::default(),
        record: Record::default(),
        pictures,
        secret,
        here: portal_url.clone(),
        media: media_url.clone(),
        under_way: crate::parent_api::UnderWay::default(),
        uploads,
        attempts: std::sync::Mutex::default(),
        planning_is_stale: false.into(),
    });
    let servers = [
        Server::start(listener, tls.clone(), portal_app(&shared, &staff))?,
        Server::start(media_listener, tls, media_app(&shared))?,
    ];
    let time = AbortOnDrop(tokio::spawn(time_passes(Arc::clone(&shared))));
    let live = shared
        .options
        .live
        .then(|| AbortOnDrop(tokio::spawn(live(Nursery(Arc::clone(&shared)), PAUSE))));
    Ok(Running {
        portal: portal_url,
        media: media_url,
        staff,
        accounts,
        ca_pem,
        shared,
        servers,
        time,
        live,
    })
}

fn portal_app(shared: &Shared, staff: &Url) -> Router {
    let mut app = Router::new()
        .merge(crate::auth::routes())
        .merge(crate::household::routes())
        .merge(crate::timeline::routes())
        .merge(crate::logbook::routes())
        .merge(crate::calendar::routes())
        .merge(crate::news::routes())
        .merge(crate::administration::routes())
        .merge(crate::pages::routes())
        .merge(crate::forgotten::routes());
    app = app.nest(staff.path().trim_end_matches('/'), crate::staff::routes());
    if !shared.options.plain {
        app = app.merge(crate::parent_api::routes());
    }
    app.layer(from_fn_with_state((Arc::clone(shared), Origin::Portal), conduct))
        .with_state(Arc::clone(shared))
}

fn media_app(shared: &Shared) -> Router {
    crate::media::routes()
        .layer(from_fn_with_state((Arc::clone(shared), Origin::Media), conduct))
        .with_state(Arc::clone(shared))
}

fn url_of(address: SocketAddr, tls: bool) -> anyhow::Result<Url> {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    let scheme = if tls { "https" } else { "http" };
    Ok(Url::parse(&format!("{scheme}://{host}:{}/", address.port()))?)
}

impl Running {
    /// The faults in force, to add to and to clear.
    pub fn faults(&self) -> Faults {
        self.shared.faults.clone()
    }

    /// The portal's clock, to read and to set.
    pub fn clock(&self) -> PortalClock {
        self.shared.clock.clone()
    }

    /// What the nursery does: post, edit, remove, end an account.
    pub fn nursery(&self) -> Nursery {
        Nursery(Arc::clone(&self.shared))
    }

    /// Everything asked so far, in order of answering. The staff side is left out.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.record.all()
    }

    /// Forgets what was asked so far.
    pub fn clear_requests(&self) {
        self.shared.record.clear();
    }

    /// The options to start this portal again on the same ports with the same data.
    pub fn options(&self) -> Options {
        Options {
            listen: self.servers[0].address,
            media_listen: self.servers[1].address,
            ..self.shared.options.clone()
        }
    }

    /// Stops both servers and drops their connections; the ports are free afterwards.
    pub async fn stop(self) {
        drop(self.live);
        drop(self.time);
        let [portal, media] = self.servers;
        portal.stop().await;
        media.stop().await;
    }
}
