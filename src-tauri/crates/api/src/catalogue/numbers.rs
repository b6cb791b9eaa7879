//! Numbers in sentences, as the locale writes them: "1,200" or "1.200".

use fluent_bundle::FluentValue;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::Locale;
use icu_provider::DataError;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

/// `None`: Fluent writes it itself, as it does with texts, with fractions, and with numbers that are
/// names, such as a port (`NUMBER($port, useGrouping: "false")`).
pub(super) fn written(value: &FluentValue<'_>, kept: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let whole = number.value as i64;
    if !number.options.use_grouping || whole as f64 != number.value {
        return None;
    }
    let write = |format: &Format| format.0.format(&Decimal::from(whole)).to_string();
    kept.with_try_get::<Format, _, _>((), write).ok()
}

/// Kept with the sentences: loading it takes longer than using it.
struct Format(DecimalFormatter);

impl Memoizable for Format {
    type Args = ();
    type Error = DataError;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        let tag = language.to_string();
        let locale = Locale::try_from_str(&tag).unwrap_or(Locale::UNKNOWN);
        DecimalFormatter::try_new((&locale).into(), Default::default()).map(Self)
    }
}
