//! What runs, as a table for people.

use std::io::{Result, Write};

use super::assembly::Stack;

/// Prints the components with their versions and addresses, then what is missing and why.
pub fn print(stack: &mut Stack, out: &mut impl Write) -> Result<()> {
    let mut rows = vec![["COMPONENT", "VERSION", "URL", "STATE"].map(String::from)];
    if let Some(engine) = stack.foreign_engine() {
        let version = engine.version().unwrap_or_default();
        let url = format!("unix://{}", engine.socket.display());
        rows.push(["Docker engine".into(), version, url, "ran already".into()]);
    }
    for service in stack.services() {
        let state = if service.is_running() { "up" } else { "down" };
        rows.push([service.title.into(), service.version.clone(), service.url.clone(), state.into()]);
    }
    for missing in &stack.missing {
        rows.push([missing.title.into(), String::new(), String::new(), "missing".into()]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (component, version, url) = (width(0), width(1), width(2));
    for row in &rows {
        writeln!(out, "{:component$}  {:version$}  {:url$}  {}", row[0], row[1], row[2], row[3])?;
    }
    for missing in &stack.missing {
        writeln!(out, "\n{} is missing: {}", missing.title, missing.reason)?;
    }
    Ok(())
}
