//! # `tool-too-new-for-server`
//!
//! ## What it checks
//! The `temporal` tool is chosen only for servers of 1.18 or later.
//!
//! ## Why it matters
//! Its commands that connect clusters talk to a service that older servers do not have, and fail.
//!
//! ## Example
//! `temporal operator cluster upsert …` against a server of 1.14.
//!
//! ## Fix
//! `tctl`, which works with every release up to 1.32 at least.
//!
//! ## Source
//! Measured on 1.13.0 and 1.14.1; the service at every tag.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path};
use crate::edit::Edit;
use crate::model::Tool;
use crate::reading::Reading;
use crate::release::Capability;
use crate::server_messages::NO_OPERATOR_API;

pub(super) const RULE: Rule = Rule::error("tool-too-new-for-server", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if reading.draft.tool != Tool::Temporal || reading.has(Capability::OperatorApi) {
        return Vec::new();
    }
    let (release, _) = reading.oldest_version();
    vec![
        Diagnostic::new(
            Path::Tool,
            format!("The temporal tool cannot connect servers of {release}, only from 1.18 on."),
            "Its commands that connect clusters talk to a service that these servers do not have, \
             and fail. tctl works with older and newer servers, up to 1.32 at least.",
        )
        .server(NO_OPERATOR_API)
        .fix("Use tctl", Edit::SetTool(Tool::Tctl)),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, said};
    use super::*;
    use crate::draft::Draft;

    fn of(release: &str, tool: Tool) -> Draft {
        Draft::default().with(&[
            Edit::SetServerVersion(release.to_owned()),
            Edit::SetTool(tool),
        ])
    }

    #[test]
    fn the_operator_service_came_with_1_18() {
        for release in ["1.13", "1.14.0", "1.17.9"] {
            assert_eq!(
                said(&RULE, &of(release, Tool::Temporal)),
                format!(
                    "tool: The temporal tool cannot connect servers of {release}, only from 1.18 on."
                )
            );
            assert_eq!(said(&RULE, &of(release, Tool::Tctl)), "");
        }
        for release in ["1.18", "1.32", "not known"] {
            assert_eq!(said(&RULE, &of(release, Tool::Temporal)), "");
        }
    }

    #[test]
    fn the_fix_is_the_older_tool() {
        let fixed = fixed(&RULE, &of("1.14.0", Tool::Temporal));
        assert_eq!(fixed.tool, Tool::Tctl);
    }
}
