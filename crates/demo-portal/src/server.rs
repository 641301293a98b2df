//! The accept loop: plain or TLS, HTTP/1.1 and HTTP/2, and connections that can be reset.

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// The address a request came from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Cuts the connection a request came over.
#[derive(Clone, Debug, Default)]
pub struct Scissors(Arc<AtomicBool>);

impl Scissors {
    pub fn cut(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn are_shut(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// A server that listens until it is dropped or stopped; its connections end with it.
#[derive(Debug)]
pub struct Server {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    pub fn start(
        listener: TcpListener,
        tls: Option<Arc<ServerConfig>>,
        app: Router,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept(listener, tls.map(TlsAcceptor::from), app, stopped));
        Ok(Self { address, stop, task })
    }

    /// Stops listening and drops every connection; the port is free afterwards, and who still had a
    /// connection finds it closed.
    pub async fn stop(self) {
        drop(self.stop);
        let _ended = self.task.await;
    }
}

/// Ends when `stopped` does, which is also when its server is dropped.
async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    app: Router,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let _off = stream.set_nodelay(true);
                    connections.spawn(serve(stream, peer, tls.clone(), app.clone()));
                }
                Err(error) => tracing::warn!(%error, "no connection accepted"),
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn serve(stream: TcpStream, peer: SocketAddr, tls: Option<TlsAcceptor>, app: Router) {
    let scissors = Scissors::default();
    let wire = Wire { stream, scissors: scissors.clone() };
    let app = app.layer(axum::Extension(Peer(peer.ip()))).layer(axum::Extension(scissors));
    match tls {
        Some(tls) => match tls.accept(wire).await {
            Ok(wire) => converse(wire, app).await,
            Err(error) => tracing::debug!(%error, "TLS handshake failed"),
        },
        None => converse(wire, app).await,
    }
}

async fn converse(wire: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, app: Router) {
    let service = TowerToHyperService::new(app);
    let builder = auto::Builder::new(TokioExecutor::new());
    if let Err(error) = builder.serve_connection(TokioIo::new(wire), service).await {
        tracing::debug!(%error, "connection ended early");
    }
}

/// A TCP stream that breaks when its scissors are shut, and then ends with a reset.
struct Wire {
    stream: TcpStream,
    scissors: Scissors,
}

impl Wire {
    fn whole(&self) -> io::Result<()> {
        if self.scissors.are_shut() {
            let _plain_close_otherwise = self.stream.set_zero_linger();
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
