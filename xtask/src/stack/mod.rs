//! The real stack on the loopback address: everything that Utkik shows, and Utkik behind Nginx.
//!
//! Whatever happens, a stack stops all that it started and touches nothing else: processes by their ids, containers by a label, files in
//! one scratch folder.
//!
//! | file | content |
//! |---|---|
//! | `demo`, `run`, `options` | the two commands |
//! | `assembly` | which components, in which order |
//! | `prometheus` … `cadvisor` | one component each |
//! | `service`, `site`, `scratch`, `ports` | what components are made of |
//! | `load` | visitors and queries |
//! | `history` | days of samples from before the start |
//! | `control`, `table` | the stack for tests and for people |
//! | `packages` | programs that the distribution does not have |
//! | `leftovers` | what an engine leaves behind |

mod alertmanager;
mod assembly;
mod cadvisor;
mod containers;
mod control;
mod demo;
mod docker;
mod history;
mod http;
mod interrupt;
mod leftovers;
mod load;
mod mariadb;
mod nginx;
mod node;
mod options;
pub mod packages;
mod ports;
mod prometheus;
mod run;
mod scratch;
mod service;
mod site;
mod table;

pub use demo::demo;
pub use run::run;
