//! The page in the real window, driven through WebKit's own driver.

use std::process::Stdio;
use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::time::{Instant, sleep};

use super::desk::{Desk, Ended};
use super::port::ReservedPort;
use super::wait::{DEADLINE, LOOK_EVERY, until, until_ok};

/// Nothing that is switched off, or lies behind something else.
const USABLE: &str = "[not(@disabled)][not(ancestor::*[@inert])]";

/// A page is there sooner, also on a slow computer.
const READABLE_WITHIN: Duration = Duration::from_secs(8);

/// An open window. Letting go leaves it open.
pub(crate) struct Page {
    client: Client,
    _driver: Ended,
    _port: ReservedPort,
}

impl Page {
    /// Attaches a driver, and another one where nothing can be read through the first: one that
    /// attaches before the window has its page may stay with what the window had before.
    pub(super) async fn attach(desk: &Desk, inspector: &ReservedPort) -> Self {
        let started = Instant::now();
        loop {
            let page = Self::attach_driver(desk, inspector).await;
            let attached = Instant::now();
            while attached.elapsed() < READABLE_WITHIN {
                if !page.text().await.is_empty() {
                    return page;
                }
                sleep(LOOK_EVERY).await;
            }
            let at = page.client.current_url().await;
            eprintln!("nothing can be read through the driver, which is at {at:?}");
            assert!(started.elapsed() < DEADLINE, "no driver can read the page");
            // The window may have none to let go of.
            let _ = page.client.clone().close().await;
        }
    }

    async fn attach_driver(desk: &Desk, inspector: &ReservedPort) -> Self {
        let port = ReservedPort::new();
        let driver = desk
            .command("WebKitWebDriver")
            .arg(format!("--port={}", port.number()))
            .arg(format!("--target={}", inspector.address()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("webkit2gtk-driver is installed");
        let driver = Ended(driver);
        let address = format!("http://{}", port.address());
        let client = until("the window can be driven", async || {
            ClientBuilder::new(HttpConnector::new())
                .connect(&address)
                .await
                .ok()
        })
        .await;
        Self {
            client,
            _driver: driver,
            _port: port,
        }
    }

    /// Lets go of the window.
    pub(crate) async fn leave(self) {
        self.client.close().await.unwrap();
    }

    /// All words that can be read now.
    pub(crate) async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Runs a script, as a page that was taken over would. Whatever comes of it.
    pub(crate) async fn run(&self, script: &str) {
        let _ = self.client.execute(script, Vec::new()).await;
    }

    /// The whole document, with what is in it unseen.
    pub(crate) async fn source(&self) -> String {
        self.client.source().await.unwrap()
    }

    /// Waits until these words can be read.
    pub(crate) async fn says(&self, words: &str) {
        until_ok(&format!("the page says: {words}"), async || {
            let text = self.text().await;
            if text.contains(words) {
                Ok(())
            } else {
                Err(text)
            }
        })
        .await;
    }

    /// Waits until these words can't be read.
    pub(crate) async fn no_longer_says(&self, words: &str) {
        until(&format!("the page without: {words}"), async || {
            (!self.text().await.contains(words)).then_some(())
        })
        .await;
    }

    /// Presses the button (or link, or the title of what unfolds) with these words, seen or only
    /// heard, as soon as it can be pressed.
    pub(crate) async fn press(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a or self::summary]\
             [contains(normalize-space(.), \"{words}\") or @aria-label=\"{words}\"]{USABLE}"
        );
        self.click(&format!("a button: {words}"), &path).await;
    }

    /// Presses the last button of this window: it goes before the driver can say that it was pressed.
    pub(crate) async fn press_and_lose(self, words: &str) {
        self.says(words).await;
        let path = format!("//button[contains(normalize-space(.), \"{words}\")]{USABLE}");
        until(&format!("the window goes by: {words}"), async || {
            let button = match self.client.find(Locator::XPath(&path)).await {
                Ok(button) => button,
                Err(error) => return error.is_invalid_session_id().then_some(()),
            };
            // Whether it was pressed is told by the window, which goes.
            let _ = button.click().await;
            None
        })
        .await;
    }

    /// Waits until a candidate is in the list, or no longer is.
    pub(crate) async fn lists(&self, name: &str, wanted: bool) {
        let path = format!("//*[@role=\"row\"]//*[@title=\"{name}\"]");
        until(&format!("{name} is listed: {wanted}"), async || {
            let rows = self.client.find_all(Locator::XPath(&path)).await.ok()?;
            (rows.is_empty() != wanted).then_some(())
        })
        .await;
    }

    /// Waits until a candidate is in that part of the list, by the name that a screen reader reads.
    pub(crate) async fn lists_among(&self, part: &str, name: &str) {
        let path = format!("//*[@role=\"rowgroup\"][@aria-label=\"{part}\"]//*[@title=\"{name}\"]");
        until(&format!("{name} is among {part}"), async || {
            let found = self.client.find_all(Locator::XPath(&path)).await.ok()?;
            (!found.is_empty()).then_some(())
        })
        .await;
    }

    /// Waits until a candidate's own page is shown. A long name is cut short there.
    pub(crate) async fn is_about(&self, name: &str) {
        let path = format!("//h1[contains(normalize-space(.), \"{name}\")]");
        until(&format!("the page of {name}"), async || {
            let found = self.client.find_all(Locator::XPath(&path)).await.ok()?;
            (!found.is_empty()).then_some(())
        })
        .await;
    }

    /// Waits until the list has a section with this heading.
    pub(crate) async fn shows_section(&self, heading: &str) {
        let path = format!("//*[@role=\"gridcell\"]//*[@title=\"{heading}\"]");
        until(&format!("a section: {heading}"), async || {
            let found = self.client.find_all(Locator::XPath(&path)).await.ok()?;
            (!found.is_empty()).then_some(())
        })
        .await;
    }

    /// Presses the picture button with this name, as soon as it can be pressed.
    pub(crate) async fn press_named(&self, name: &str) {
        let path = format!("//button[@aria-label=\"{name}\"]{USABLE}");
        self.click(&format!("a button: {name}"), &path).await;
    }

    /// Presses the button with these words that stands beside the line with this label.
    pub(crate) async fn press_beside(&self, label: &str, words: &str) {
        let path = format!(
            "//*[normalize-space(.)=\"{label}\"]\
             /following-sibling::button[contains(normalize-space(.), \"{words}\")]{USABLE}"
        );
        self.click(&format!("a button beside: {label}"), &path)
            .await;
    }

    /// Opens the candidate with this name.
    pub(crate) async fn press_row(&self, name: &str) {
        let path = format!("//*[@role=\"row\"]//*[@title=\"{name}\"]");
        self.click(&format!("a row: {name}"), &path).await;
    }

    /// Ticks or chooses what has this label, as soon as it can be changed.
    pub(crate) async fn choose(&self, label: &str) {
        let path = format!(
            "//label[contains(normalize-space(.), \"{label}\")]\
             [not(@for) or @for=//*[not(@disabled)]/@id][not(ancestor::*[@inert])]"
        );
        self.click(&format!("something to choose: {label}"), &path)
            .await;
    }

    /// Clicks the first that can be clicked.
    async fn click(&self, what: &str, path: &str) {
        until_ok(what, async || match self.click_now(path).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.text().await),
            Err(error) => Err(error.to_string()),
        })
        .await;
    }

    async fn click_now(&self, path: &str) -> Result<bool, CmdError> {
        for found in self.client.find_all(Locator::XPath(path)).await? {
            if found.click().await.is_ok() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The text of fixed shape with this label.
    pub(crate) async fn line_labelled(&self, label: &str) -> String {
        let path = format!("//*[normalize-space(.)=\"{label}\"]/following-sibling::pre");
        until(&format!("a line: {label}"), async || {
            let line = self.client.find(Locator::XPath(&path)).await.ok()?;
            line.text().await.ok().filter(|text| !text.is_empty())
        })
        .await
    }

    /// Writes into the field with this label in place of what stands there, and leaves it.
    pub(crate) async fn write(&self, label: &str, text: &str) {
        let path = format!(
            "//*[self::input or self::textarea]\
             [@id=//label[contains(normalize-space(.), \"{label}\")]/@for]"
        );
        until(&format!("a field to write into: {label}"), async || {
            let field = self.client.find(Locator::XPath(&path)).await.ok()?;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()?;
            field.send_keys(&Key::Tab.to_string()).await.ok()
        })
        .await;
    }

    /// Presses keys, wherever the focus is.
    pub(crate) async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// Types into the field with this label.
    pub(crate) async fn type_into(&self, label: &str, text: &str) {
        let path = format!(
            "//*[self::input or self::textarea]\
             [@id=//label[contains(normalize-space(.), \"{label}\")]/@for]"
        );
        until(&format!("a field to type into: {label}"), async || {
            let field = self.client.find(Locator::XPath(&path)).await.ok()?;
            field.send_keys(text).await.ok()
        })
        .await;
    }
}
