use http::StatusCode;

/// Why a request had no effect. Counted, logged by name alone, and answered with [`Refusal::status`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// It was the slowest of too many, and made room for a newer one.
    MadeRoom,
    /// The other side hung up before its request was complete.
    HungUp,
    /// The request wasn't complete in time.
    TooSlow,
    /// It is not HTTP as we accept it, or something followed the body.
    Malformed,
    /// The request line and headers are too long, or too many.
    HeadTooLong,
    /// The body is too long.
    BodyTooLong,
    /// No length was stated.
    NoLength,
    /// It has a `Transfer-Encoding` other than `chunked`, or one beside a length, which is how
    /// requests are smuggled past a parser.
    Encoded,
    /// It wants to be asked for its body first.
    Expects,
    /// Neither HTTP/1.1 nor HTTP/1.0.
    OtherVersion,
    /// It is addressed to a host name that is not ours: a rebound name, or a changed tunnel.
    OtherHost,
    /// It doesn't know the secret path.
    OtherPath,
    /// Anything but POST.
    OtherMethod,
    /// The body is no event of Lever's.
    NotAnEvent,
    /// The event carries no signature.
    Unsigned,
    /// The signature fits none of our signing tokens.
    WrongSignature,
    /// A real event came, but no signing token is known to check it with.
    NoSigningToken,
    /// The event was triggered longer ago than Lever keeps any.
    TooOld,
    /// The event says that it was triggered in the future.
    TooNew,
    /// It could not be stored. Lever is told to try again.
    NotStored,
    /// The answering part was not there in time. Lever is told to try again.
    NotAnswered,
}

impl Refusal {
    /// The status of the reply; `None` when the connection is closed without one.
    #[must_use]
    pub fn status(self) -> Option<StatusCode> {
        Some(match self {
            Self::MadeRoom | Self::HungUp => return None,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Malformed | Self::NotAnEvent | Self::TooOld | Self::TooNew => {
                StatusCode::BAD_REQUEST
            }
            Self::HeadTooLong => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::BodyTooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoLength => StatusCode::LENGTH_REQUIRED,
            Self::Encoded => StatusCode::NOT_IMPLEMENTED,
            Self::Expects => StatusCode::EXPECTATION_FAILED,
            Self::OtherVersion => StatusCode::HTTP_VERSION_NOT_SUPPORTED,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::OtherPath => StatusCode::NOT_FOUND,
            Self::OtherMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unsigned | Self::WrongSignature => StatusCode::UNAUTHORIZED,
            Self::NoSigningToken | Self::NotStored | Self::NotAnswered => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        })
    }
}
