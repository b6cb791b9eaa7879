//! Small pieces that the page is made of. All text is escaped here.

use crate::escape::escape;

/// A form that sends one command.
pub(super) struct Form<'a> {
    /// The receiver: `candidates`, `pads`, `faults` or `webhooks`.
    pub(super) to: &'a str,
    /// The command.
    pub(super) command: &'a str,
    /// Fields that are not shown.
    pub(super) hidden: &'a [(&'a str, &'a str)],
    /// Where on the page to come back to; also begins the names of the buttons.
    pub(super) back: &'a str,
}

impl Form<'_> {
    /// The form around what is shown in it.
    pub(super) fn around(&self, inner: &str) -> String {
        let fields = [("do", self.command), ("back", self.back)];
        let hidden: String = fields
            .iter()
            .chain(self.hidden)
            .map(|(name, value)| {
                format!(
                    "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                    escape(name),
                    escape(value)
                )
            })
            .collect();
        let to = escape(self.to);
        format!("<form method=\"post\" action=\"do/{to}\">{hidden}{inner}</form>")
    }

    /// The form with nothing but its button.
    pub(super) fn button(&self, text: &str) -> String {
        self.named_button(text, text)
    }

    /// As [`Form::button`], with other words for those who hear the page.
    pub(super) fn named_button(&self, text: &str, spoken: &str) -> String {
        let last = self.hidden.last().map_or("", |(_, value)| *value);
        let id = escape(&format!("{}-{}-{last}", self.back, self.command));
        let (text, spoken) = (escape(text), escape(spoken));
        self.around(&format!(
            "<button id=\"{id}\" aria-label=\"{spoken}\">{text}</button>"
        ))
    }
}

/// Options of a choice: value, text, and whether it is the chosen one.
pub(super) fn options<'a>(all: impl Iterator<Item = (&'a str, &'a str, bool)>) -> String {
    all.map(|(value, text, chosen)| {
        let chosen = if chosen { " selected" } else { "" };
        format!(
            "<option value=\"{}\"{chosen}>{}</option>",
            escape(value),
            escape(text)
        )
    })
    .collect()
}

/// `14:03:59`, UTC.
pub(super) fn time(ms: i64) -> String {
    let of_day = ms.rem_euclid(86_400_000) / 1000;
    format!(
        "{:02}:{:02}:{:02}",
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    )
}
