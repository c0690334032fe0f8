//! Prints the JSON Schema of the dashboard files: `cargo run -p model --features schema --bin schema`.

fn main() -> Result<(), serde_json::Error> {
    let schema = schemars::schema_for!(model::dashboard::Dashboard);
    println!("{}", serde_json::to_string_pretty(&schema)?);
    Ok(())
}
