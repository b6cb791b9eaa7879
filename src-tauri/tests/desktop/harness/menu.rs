//! A program's menu as a panel reads and clicks it (com.canonical.dbusmenu).

use std::collections::HashMap;

use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};

use super::wait::until_ok;

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The menu of one icon.
pub(crate) struct Menu {
    bus: zbus::Connection,
    owner: String,
    path: OwnedObjectPath,
}

/// One row, submenus' rows included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(super) id: i32,
    pub(crate) label: String,
    pub(crate) enabled: bool,
}

impl Menu {
    /// The menu of an icon, once it has one.
    pub(super) async fn of(bus: &zbus::Connection, owner: &str, icon: &str) -> Option<Self> {
        let item = zbus::Proxy::new(bus, owner, icon, "org.kde.StatusNotifierItem")
            .await
            .ok()?;
        let path = item.get_property("Menu").await.ok()?;
        Some(Self {
            bus: bus.clone(),
            owner: owner.to_owned(),
            path,
        })
    }

    /// All rows with words, from the top.
    pub(crate) async fn rows(&self) -> Vec<Row> {
        let everything: (i32, i32, Vec<&str>) = (0, -1, Vec::new());
        let layout: zbus::Result<(u32, Layout)> =
            self.proxy().await.call("GetLayout", &everything).await;
        let mut rows = Vec::new();
        // A menu that is being replaced is not there for a moment.
        if let Ok((_, root)) = layout {
            collect(root, &mut rows);
        }
        rows
    }

    /// What it has at its top, before submenus are opened: rows, and lines between them.
    pub(crate) async fn top(&self) -> Vec<Option<Row>> {
        let top: (i32, i32, Vec<&str>) = (0, 1, Vec::new());
        let (_, (_, _, rows)): (u32, Layout) =
            self.proxy().await.call("GetLayout", &top).await.unwrap();
        rows.into_iter()
            .map(|row| {
                let mut found = Vec::new();
                collect(layout(row), &mut found);
                found.pop()
            })
            .collect()
    }

    /// Waits for a row that begins like this and can be clicked.
    pub(crate) async fn usable_row(&self, start: &str) -> Row {
        self.find(start, |row| row.enabled).await
    }

    /// Waits for a row that begins like this.
    pub(crate) async fn row(&self, start: &str) -> Row {
        self.find(start, |_| true).await
    }

    /// Clicks the row that begins like this, as soon as it can be clicked.
    pub(crate) async fn click(&self, start: &str) {
        let proxy = self.proxy().await;
        until_ok(
            &format!("a click on a row in the menu: {start}"),
            async || {
                let row = self.usable_row(start).await;
                let event = (row.id, "clicked", Value::from(""), 0_u32);
                // The menu may have become another one since it was read; then nothing was clicked.
                proxy.call::<_, _, ()>("Event", &event).await
            },
        )
        .await;
    }

    async fn find(&self, start: &str, fits: impl Fn(&Row) -> bool) -> Row {
        until_ok(&format!("a row in the menu: {start}"), async || {
            let rows = self.rows().await;
            let found = rows
                .iter()
                .find(|row| row.label.starts_with(start) && fits(row))
                .cloned();
            found.ok_or(rows)
        })
        .await
    }

    async fn proxy(&self) -> zbus::Proxy<'_> {
        let (owner, path) = (self.owner.as_str(), self.path.as_str());
        zbus::Proxy::new(&self.bus, owner, path, "com.canonical.dbusmenu")
            .await
            .unwrap()
    }
}

fn collect((id, properties, children): Layout, rows: &mut Vec<Row>) {
    let label = properties
        .get("label")
        .and_then(|label| String::try_from(label.clone()).ok());
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        let enabled = properties
            .get("enabled")
            .is_none_or(|on| bool::try_from(on).unwrap());
        // A single underscore marks the letter to press.
        rows.push(Row {
            id,
            label: label.replace("__", "_"),
            enabled,
        });
    }
    for child in children {
        collect(layout(child), rows);
    }
}

fn layout(row: OwnedValue) -> Layout {
    Structure::try_from(row).unwrap().try_into().unwrap()
}
