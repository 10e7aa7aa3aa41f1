//! What a cluster does with requests for namespaces that are active elsewhere.

/// `dcRedirectionPolicy.policy`. Not stated, a server does as with [`Noop`](Self::Noop).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedirectionPolicy {
    /// Nothing: requests that change something are refused with `NamespaceNotActive`.
    Noop,
    /// Forwards starts, signals, cancellations, terminations and queries.
    SelectedApis,
    /// Forwards every request, also those that only read.
    AllApis,
}

impl RedirectionPolicy {
    /// Every policy, from what forwards least to what forwards most.
    pub const ALL: [Self; 3] = [Self::Noop, Self::SelectedApis, Self::AllApis];

    /// Its name in a server's configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Noop => "noop",
            Self::SelectedApis => "selected-apis-forwarding",
            Self::AllApis => "all-apis-forwarding",
        }
    }

    /// The policy with this name; servers take no other spelling.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}
