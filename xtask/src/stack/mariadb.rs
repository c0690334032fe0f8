//! MariaDB with an empty database of its own, its exporter, and an account for each.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::packages;
use super::scratch::{copy_tree, set_owner_tree};
use super::service::{Ready, Service};
use super::site::{NOBODY, Site};
use crate::paths;
use crate::process::{self, Launch, is_root};

const USER: &str = "mysql";
const REDO_LOG: &str = "8M";
/// The exporter's password. It need not be secret: the server listens on loopback, holds no data and lives only as long as the stack.
const PASSWORD: &str = "exporter";

/// The server and its exporter.
pub struct MariaDb {
    /// The server.
    pub server: Service,
    /// The exporter.
    pub exporter: Service,
    /// Where clients connect.
    pub socket: PathBuf,
}

impl MariaDb {
    /// Prepares both.
    pub fn new(site: &mut Site) -> Result<Self> {
        let program = process::require(&["mariadbd", "mysqld"], "mariadb-server")?;
        let version = packages::version(&program)?;
        let data = site.scratch.path("mariadb");
        copy_tree(&template(&version)?, &data)?;
        set_owner_tree(&data, USER)?;
        let socket = data.join("mysqld.sock");
        let (port, exporter_port) = (site.ports.free()?, site.ports.free()?);
        let init = site.scratch.file("mariadb.sql", USER, &accounts())?;
        let launch = Launch::new(program)
            .arg("--no-defaults")
            .option("--datadir", &data)
            .option("--socket", &socket)
            .option("--pid-file", data.join("mysqld.pid"))
            .option("--port", port.to_string())
            .option("--bind-address", "127.0.0.1")
            .option("--init-file", init)
            .option("--innodb-buffer-pool-size", "32M")
            .option("--innodb-log-file-size", REDO_LOG)
            // Enough for all clients, and few enough that the maximum on the dashboard is meaningful.
            .option("--max-connections", "50")
            // By default a query counts as slow only after ten seconds.
            .option("--long-query-time", "1")
            .user(USER);
        let server = Service::new("mariadb", "MariaDB", port, launch, Ready::Socket(socket.clone()), site.scratch.log("mariadb"));
        let server = server.version(version).url(format!("mysql://127.0.0.1:{port}/"));
        Ok(Self { server, exporter: exporter(site, port, exporter_port)?, socket })
    }
}

fn exporter(site: &Site, server: u16, port: u16) -> Result<Service> {
    let program = process::require(&["prometheus-mysqld-exporter", "mysqld_exporter"], "prometheus-mysqld-exporter")?;
    let version = packages::version(&program)?;
    let config = format!("[client]\nhost = 127.0.0.1\nport = {server}\nuser = exporter\npassword = {PASSWORD}\n");
    let config = site.scratch.file("mysqld-exporter.cnf", NOBODY, &config)?;
    let launch =
        Launch::new(program).option("--config.my-cnf", config).option("--web.listen-address", format!("127.0.0.1:{port}")).user(NOBODY);
    let ready = Ready::Http(format!("http://127.0.0.1:{port}/"));
    let log = site.scratch.log("mysqld-exporter");
    let service = Service::new("mysqld-exporter", "mysqld_exporter", port, launch, ready, log);
    Ok(service.version(version).url(format!("http://127.0.0.1:{port}/metrics")))
}

/// An initialised data folder to copy: making one takes seconds, and it is the same each time.
fn template(version: &str) -> Result<PathBuf> {
    let template = paths::cache().join(format!("mariadb-{version}"));
    if template.is_dir() {
        return Ok(template);
    }
    let work = template.with_added_extension(std::process::id().to_string());
    fs::create_dir_all(&work)?;
    let made = initialise(&work);
    if made.is_ok() && fs::rename(&work, &template).is_err() {
        // Another process was faster.
        fs::remove_dir_all(&work)?;
    }
    made.map(|()| template)
}

fn initialise(data: &Path) -> Result<()> {
    let installer = process::require(&["mariadb-install-db", "mysql_install_db"], "mariadb-server")?;
    let mut command = Command::new(installer);
    command.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
    command.arg(format!("--innodb-log-file-size={REDO_LOG}")).arg(format!("--datadir={}", data.display()));
    if is_root() {
        command.arg("--user=root");
    }
    process::output(&mut command).context("cannot initialise a database")?;
    Ok(())
}

/// The SQL that the server runs at each start.
fn accounts() -> String {
    format!(
        "CREATE USER IF NOT EXISTS exporter@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n\
         GRANT PROCESS, REPLICATION CLIENT, SLAVE MONITOR, SELECT ON *.* TO exporter@'127.0.0.1';\n\
         CREATE USER IF NOT EXISTS microblog@localhost;\n\
         CREATE DATABASE IF NOT EXISTS microblog;\n\
         GRANT ALL ON microblog.* TO microblog@localhost;\n\
         CREATE TABLE IF NOT EXISTS microblog.post (id INT AUTO_INCREMENT PRIMARY KEY, author INT, text VARCHAR(280), KEY (author));\n"
    )
}
