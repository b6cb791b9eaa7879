//! From the program's values to the page's and back, checked by the compiler: a field or a case
//! that is added on one side has to be added on the other.

use std::collections::BTreeMap;

/// What crosses to the page has a type of its own on each side; this turns one into the other.
pub(crate) trait Convert<From> {
    /// The same, for the other side.
    fn convert(from: From) -> Self;
}

/// The same, for the other side.
pub(crate) fn convert<From, To: Convert<From>>(from: From) -> To {
    To::convert(from)
}

impl<From, To: Convert<From>> Convert<Vec<From>> for Vec<To> {
    fn convert(from: Vec<From>) -> Self {
        from.into_iter().map(convert).collect()
    }
}

impl<From, To: Convert<From>> Convert<Option<From>> for Option<To> {
    fn convert(from: Option<From>) -> Self {
        from.map(convert)
    }
}

impl<Key: Ord, From, To: Convert<From>> Convert<BTreeMap<Key, From>> for BTreeMap<Key, To> {
    fn convert(from: BTreeMap<Key, From>) -> Self {
        let each = from.into_iter();
        each.map(|(key, value)| (key, convert(value))).collect()
    }
}

/// What is the same on both sides.
macro_rules! same {
    ($($name:ty),* $(,)?) => {
        $(impl Convert<$name> for $name {
            fn convert(from: $name) -> Self {
                from
            }
        })*
    };
}

same!(bool, i64, u8, u16, u32, u64, String);
same!(coderpad::PadId, coderpad::QuestionId, coderpad::TeamId);
same!(
    lever::OpportunityId,
    lever::PostingId,
    lever::StageId,
    lever::UserId
);

/// Defines a type of the page that has the fields or the cases of one of the program's.
/// `out`: it goes to the page; `both`: it comes back too; `in`: it only comes.
macro_rules! mirror {
    (out $($rest:tt)*) => {
        mirror!(@type [Serialize] $($rest)*);
        mirror!(@out $($rest)*);
    };
    (in $($rest:tt)*) => {
        mirror!(@type [Deserialize] $($rest)*);
        mirror!(@in $($rest)*);
    };
    (both $($rest:tt)*) => {
        mirror!(@type [Serialize, Deserialize] $($rest)*);
        mirror!(@out $($rest)*);
        mirror!(@in $($rest)*);
    };

    (@type [$($serde:ident),*]
        $(#[$about:meta])*
        struct $name:ident of $source:ty { $($(#[$detail:meta])* $field:ident: $of:ty),* $(,)? }
    ) => {
        #[derive(Debug, Clone, PartialEq, Eq, $($serde,)* TS)]
        $(#[$about])*
        #[serde(rename_all = "camelCase")]
        #[ts(export)]
        pub struct $name { $($(#[$detail])* pub $field: $of,)* }
    };
    (@out
        $(#[$about:meta])*
        struct $name:ident of $source:ty { $($(#[$detail:meta])* $field:ident: $of:ty),* $(,)? }
    ) => {
        impl Convert<$source> for $name {
            fn convert(from: $source) -> Self {
                type Source = $source;
                let Source { $($field),* } = from;
                Self { $($field: convert($field)),* }
            }
        }
    };
    (@in
        $(#[$about:meta])*
        struct $name:ident of $source:ty { $($(#[$detail:meta])* $field:ident: $of:ty),* $(,)? }
    ) => {
        impl Convert<$name> for $source {
            fn convert(from: $name) -> Self {
                let $name { $($field),* } = from;
                Self { $($field: convert($field)),* }
            }
        }
    };

    (@type [$($serde:ident),*]
        $(#[$about:meta])*
        enum $name:ident of $source:ty {
            $($(#[$detail:meta])* $case:ident
                $({ $($(#[$inner:meta])* $field:ident: $of:ty),* $(,)? })?),* $(,)?
        }
    ) => {
        #[derive(Debug, Clone, PartialEq, Eq, $($serde,)* TS)]
        $(#[$about])*
        #[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
        #[ts(export)]
        pub enum $name {
            $($(#[$detail])* $case $({ $($(#[$inner])* $field: $of),* })?,)*
        }
    };
    (@out
        $(#[$about:meta])*
        enum $name:ident of $source:ty {
            $($(#[$detail:meta])* $case:ident
                $({ $($(#[$inner:meta])* $field:ident: $of:ty),* $(,)? })?),* $(,)?
        }
    ) => {
        impl Convert<$source> for $name {
            fn convert(from: $source) -> Self {
                type Source = $source;
                match from {
                    $(Source::$case $({ $($field),* })? =>
                        Self::$case $({ $($field: convert($field)),* })?,)*
                }
            }
        }
    };
    (@in
        $(#[$about:meta])*
        enum $name:ident of $source:ty {
            $($(#[$detail:meta])* $case:ident
                $({ $($(#[$inner:meta])* $field:ident: $of:ty),* $(,)? })?),* $(,)?
        }
    ) => {
        impl Convert<$name> for $source {
            fn convert(from: $name) -> Self {
                match from {
                    $($name::$case $({ $($field),* })? =>
                        Self::$case $({ $($field: convert($field)),* })?,)*
                }
            }
        }
    };
}

/// What the page leaves out is as the program has it by default.
macro_rules! same_default {
    ($($name:ident = $source:ty),* $(,)?) => {
        $(impl Default for $name {
            fn default() -> Self {
                convert(<$source>::default())
            }
        })*
    };
}

pub(crate) use {mirror, same_default};
