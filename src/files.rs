//! The files that are loaded on demand: the functions in each, and how they are loaded.
//!
//! With the feature `split`, which `cargo xtask dist` sets, each function below is a split point between two wasm files: code that
//! only this function reaches is moved into the file that it names. Without the feature the app is one wasm file.

use crate::state::on_demand::{File, Table};
use crate::view::controls::{settings, time_picker, variable_picker};
use crate::view::on_demand::{Export, Hands, Kinds, Lists, Notes, Overview};
use crate::view::page::{self, alerts, service, targets};
use crate::view::panel::charts::{legend_table, values_table};
use crate::view::panel::export::{picture, save};
use crate::view::panel::frame::menu;
use crate::view::panel::kinds::{self, alert_list, text};
use crate::view::panel::pointer::pointing;
use crate::view::panel::values::data_link;
use chart::RARE_OPTIONS;
use std::pin::Pin;

static OVERVIEW: Overview = Overview { content: page::overview::content, not_scraped: service::not_scraped };

static LISTS: Lists = Lists { alerts: alerts::content, targets: targets::content, alert_list: alert_list::view };

static HANDS: Hands = Hands {
    pointer: pointing::attach,
    panel_menu: menu::content,
    times: time_picker::content,
    ticks: variable_picker::content,
    settings: settings::content,
    legend_table: legend_table::view,
    values_table: values_table::view,
    value_link: data_link::value_link,
};

static KINDS: Kinds = Kinds { view: kinds::on_demand_view, chart_options: &RARE_OPTIONS };

static NOTES: Notes = Notes { view: text::view };

static EXPORT: Export = Export { csv: save::save_csv, png: picture::save_png, svg: picture::save_svg };

/// Loads the code of a file; `None` if loading fails.
pub fn load(file: File) -> Pin<Box<dyn Future<Output = Option<Table>>>> {
    Box::pin(async move {
        let loaded = match file {
            File::Overview => overview().await,
            File::Lists => lists().await,
            File::Hands => hands().await,
            File::Kinds => kinds().await,
            File::Notes => notes().await,
            File::Export => export().await,
        };
        loaded.ok()
    })
}

/// Declares the split points: one function for each file.
macro_rules! split_points {
    ($($file:ident => $table:expr),* $(,)?) => {$(
        #[cfg(feature = "split")]
        #[allow(unsafe_code, reason = "a split point becomes a foreign function")]
        #[wasm_split_helpers::wasm_split($file, fallible)]
        fn $file() -> Result<Table, wasm_split_helpers::SplitLoaderError> {
            Ok($table)
        }

        #[cfg(not(feature = "split"))]
        async fn $file() -> Result<Table, std::convert::Infallible> {
            Ok($table)
        }
    )*};
}

split_points! {
    overview => &OVERVIEW,
    lists => &LISTS,
    hands => &HANDS,
    kinds => &KINDS,
    notes => &NOTES,
    export => &EXPORT,
}
