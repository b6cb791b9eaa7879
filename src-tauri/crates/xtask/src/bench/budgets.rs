/// The most that something may take.
#[derive(Debug)]
pub(crate) struct Budget {
    /// The figure's name where it is measured.
    name: &'static str,
    /// The same in words.
    pub(crate) what: &'static str,
    pub(crate) at_most: f64,
    pub(crate) unit: Unit,
}

/// In what a figure is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit {
    Bytes,
    Milliseconds,
    /// Of one core's time.
    Percent,
    PerSecond,
    Requests,
}

const fn budget(name: &'static str, what: &'static str, at_most: f64, unit: Unit) -> Budget {
    Budget {
        name,
        what,
        at_most,
        unit,
    }
}

const BUDGETS: &[Budget] = &[
    budget("program_bytes", "program, stripped", 9e6, Unit::Bytes),
    budget(
        "window_program_bytes",
        "the window's program, stripped",
        6e6,
        Unit::Bytes,
    ),
    budget(
        "page_gzip_bytes",
        "page's JavaScript, gzipped",
        60e3,
        Unit::Bytes,
    ),
    budget(
        "page_until_list_gzip_bytes",
        "of it until the list is painted",
        35e3,
        Unit::Bytes,
    ),
    budget(
        "memory_no_window_bytes",
        "memory with no window (PSS)",
        16e6,
        Unit::Bytes,
    ),
    budget(
        "memory_no_window_private_bytes",
        "private memory with no window (USS)",
        12e6,
        Unit::Bytes,
    ),
    budget(
        "memory_left_by_window_bytes",
        "memory more than before, after the window was closed",
        1e6,
        Unit::Bytes,
    ),
    budget(
        "idle_cpu_percent",
        "processor time with no window",
        0.02,
        Unit::Percent,
    ),
    budget(
        "idle_wakeups_per_second",
        "wake-ups with no window",
        0.5,
        Unit::PerSecond,
    ),
    budget(
        "start_to_icon_ms",
        "start to tray icon",
        40.0,
        Unit::Milliseconds,
    ),
    budget(
        "window_first_to_list_ms",
        "window opened to list painted, the first time",
        1_000.0,
        Unit::Milliseconds,
    ),
    budget(
        "window_to_list_ms",
        "window opened to list painted",
        400.0,
        Unit::Milliseconds,
    ),
    budget(
        "webhook_ack_p99_ms",
        "webhook acknowledged, p99 with 64 slow clients",
        5.0,
        Unit::Milliseconds,
    ),
    budget(
        "webhook_load_memory_bytes",
        "memory more than before, under that load",
        20e6,
        Unit::Bytes,
    ),
    budget(
        "webhook_to_notification_extra_ms",
        "webhook to notification, above the two requests",
        10.0,
        Unit::Milliseconds,
    ),
    budget(
        "quiet_poll_requests",
        "requests in a quiet poll",
        1.0,
        Unit::Requests,
    ),
    budget(
        "pad_requests",
        "requests to make and link a pad",
        5.0,
        Unit::Requests,
    ),
    budget(
        "lever_requests_per_second",
        "requests to Lever a second",
        5.0,
        Unit::PerSecond,
    ),
    budget(
        "ledger_100k_p99_ms",
        "list and search over 100,000 rows, p99",
        2.0,
        Unit::Milliseconds,
    ),
];

/// The budget of a figure, if it has one.
pub(crate) fn of(figure: &str) -> Option<&'static Budget> {
    BUDGETS.iter().find(|budget| budget.name == figure)
}

impl Unit {
    /// The figure with its unit.
    pub(crate) fn show(self, value: f64) -> String {
        match self {
            Self::Bytes if value < 1e6 => format!("{:.1} kB", value / 1e3),
            Self::Bytes => format!("{:.2} MB", value / 1e6),
            Self::Milliseconds => format!("{value:.1} ms"),
            Self::Percent => format!("{value:.3} %"),
            Self::PerSecond => format!("{value:.2} a second"),
            Self::Requests => format!("{value}"),
        }
    }
}
