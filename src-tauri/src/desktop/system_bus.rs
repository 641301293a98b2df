//! The system bus, over one connection for the whole shell.

use tokio::sync::OnceCell;
use zbus::Connection;

static BUS: OnceCell<Connection> = OnceCell::const_new();

/// The connection, made when it is first asked for. Without a bus every call tries again.
pub async fn connect() -> zbus::Result<Connection> {
    BUS.get_or_try_init(Connection::system).await.cloned()
}
