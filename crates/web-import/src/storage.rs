//! Where the browser keeps what is saved.

use web_sys::Storage;

use crate::dom;
use crate::saved::List;

/// Where what is saved is kept.
pub(crate) const KEY: &str = "multicluster-builder/saved";

/// Where the page puts what it cannot read (crates/web/src/platform.rs).
const ASIDE: &str = "multicluster-builder/unreadable";

const OFF: &str = "This browser keeps nothing for this page: its storage is switched off.";
const REFUSED: &str = "The browser refused: its storage is full or switched off. Nothing has changed. A link, by “Copy link”, \
     keeps what you have here.";

/// Why nothing can be saved.
pub(crate) enum Trouble {
    /// The browser gives no storage.
    Off,
    /// What is there cannot be read; why, and what it is.
    Unreadable(String, String),
}

impl Trouble {
    /// In words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Off => OFF.to_owned(),
            Self::Unreadable(why, _) => format!(
                "What is saved in this browser cannot be read: {why}. It stays as it is, and nothing can be saved beside it. \
                 Reload the page: it may be an old one. Else download it, and clear the data of this site in your browser."
            ),
        }
    }
}

/// What the page could not read of what it had kept becomes one of what is saved: a newer page may be able to open it.
pub(crate) fn adopt_unreadable() {
    let Some(storage) = storage() else { return };
    let aside = storage.get_item(ASIDE).ok().flatten();
    if let (Some(aside), Ok(mut list)) = (aside, read()) {
        list.adopt("Could not be read", &aside);
        if write(&list).is_ok() {
            let _ = storage.remove_item(ASIDE);
        }
    }
}

/// What is saved now: another tab may have changed it.
pub(crate) fn read() -> Result<List, Trouble> {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok());
    let text = text.ok_or(Trouble::Off)?.unwrap_or_default();
    List::parse(&text).map_err(|why| Trouble::Unreadable(why.to_string(), text))
}

/// Keeps this in place of what was read.
pub(crate) fn write(list: &List) -> Result<(), String> {
    let written = storage().map(|storage| storage.set_item(KEY, &list.to_text()));
    match written {
        Some(Ok(())) => Ok(()),
        _ => Err(REFUSED.to_owned()),
    }
}

fn storage() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}
