//! Texts that are about all clusters, and set only where they are wanted.

/// One of these texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// The file with the certificate authority that servers trust when they dial other clusters.
    TlsCa,
    /// The certificate that servers show when they dial other clusters.
    TlsCertificate,
    /// The key of that certificate.
    TlsKey,
    /// The file with the certificate authority that the command line tool trusts.
    ToolCa,
    /// The certificate that the tool shows.
    ToolCertificate,
    /// The key of that certificate.
    ToolKey,
    /// The name in the certificates of the servers, if it is not that of the host that the tool dials.
    ToolServerName,
}

impl Setting {
    /// Every setting, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::TlsCa,
        Self::TlsCertificate,
        Self::TlsKey,
        Self::ToolCa,
        Self::ToolCertificate,
        Self::ToolKey,
        Self::ToolServerName,
    ];

    /// Its key in paths, links and topology files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TlsCa => "tlsCaFile",
            Self::TlsCertificate => "tlsCertFile",
            Self::TlsKey => "tlsKeyFile",
            Self::ToolCa => "toolTlsCaFile",
            Self::ToolCertificate => "toolTlsCertFile",
            Self::ToolKey => "toolTlsKeyFile",
            Self::ToolServerName => "toolTlsServerName",
        }
    }

    /// Its name on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::TlsCa => "CA file",
            Self::TlsCertificate => "Certificate file",
            Self::TlsKey => "Key file",
            Self::ToolCa => "CA file of the tool",
            Self::ToolCertificate => "Certificate file of the tool",
            Self::ToolKey => "Key file of the tool",
            Self::ToolServerName => "TLS server name of the tool",
        }
    }

    /// Whether it is for the servers, and not for the tool.
    pub(crate) const fn is_of_servers(self) -> bool {
        matches!(self, Self::TlsCa | Self::TlsCertificate | Self::TlsKey)
    }

    /// Whether it is a name, and not the path of a file.
    pub(crate) const fn is_name(self) -> bool {
        matches!(self, Self::ToolServerName)
    }

    /// Its name within a sentence.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::TlsCa => "CA file",
            Self::TlsCertificate => "certificate file",
            Self::TlsKey => "key file",
            Self::ToolCa => "CA file of the tool",
            Self::ToolCertificate => "certificate file of the tool",
            Self::ToolKey => "key file of the tool",
            Self::ToolServerName => "TLS server name of the tool",
        }
    }
}

/// All of these texts; empty where nothing was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings([String; Setting::ALL.len()]);

impl Settings {
    /// The text of a setting.
    #[must_use]
    pub fn get(&self, setting: Setting) -> &str {
        &self.0[setting as usize]
    }

    pub(crate) fn set(&mut self, setting: Setting, text: &str) {
        text.clone_into(&mut self.0[setting as usize]);
    }
}
