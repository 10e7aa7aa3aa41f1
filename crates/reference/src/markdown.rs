//! The little Markdown that the comments of rules are written in: headings, paragraphs and code.

/// Text as HTML: nothing in it is a tag.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A paragraph as HTML, with text between backticks as code.
pub(crate) fn prose(text: &str) -> String {
    let mut html = String::new();
    for (place, piece) in text.split('`').enumerate() {
        if place % 2 == 1 {
            html.push_str(&code(piece));
        } else {
            html.push_str(&escape(piece));
        }
    }
    html
}

/// Code within a line.
pub(crate) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// The paragraphs of a text, each as HTML.
pub(crate) fn paragraphs(text: &str) -> String {
    let blocks = text.split("\n\n").map(|block| block.replace('\n', " "));
    blocks
        .map(|block| format!("<p>{}</p>\n", prose(block.trim())))
        .collect()
}

/// The parts of a text: the words of each heading of the second level, and what is below it.
pub(crate) fn parts(text: &str) -> Vec<(&str, &str)> {
    let parts = text.split("## ").skip(1);
    parts
        .filter_map(|part| part.split_once('\n'))
        .map(|(title, body)| (title.trim(), body.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use multicluster_core::rule_texts;
    use multicluster_import::KINDS;

    #[test]
    fn user_text_is_no_markup() {
        assert_eq!(
            prose("a <b> & `\"<c>`"),
            "a &lt;b&gt; &amp; <code>&quot;&lt;c&gt;</code>"
        );
    }

    #[test]
    fn texts_have_parts_and_paragraphs() {
        let text = "## One\nfirst\nline\n\nsecond\n\n## Two\nthird";
        assert_eq!(
            parts(text),
            [("One", "first\nline\n\nsecond"), ("Two", "third")]
        );
        assert_eq!(
            paragraphs("first\nline\n\nsecond"),
            "<p>first line</p>\n<p>second</p>\n"
        );
    }

    /// Whatever is not known here would be shown as it is typed.
    #[test]
    fn no_text_has_other_marks() {
        let rules = rule_texts().map(|rule| (rule.code.as_str(), rule.text));
        let kinds = KINDS.iter().map(|kind| (kind.code, kind.help.to_owned()));
        for (code, text) in rules.chain(kinds) {
            assert_eq!(text.matches('`').count() % 2, 0, "{code}");
            for (title, body) in parts(&text) {
                assert!(!body.contains("\n#"), "{code}: {title}");
            }
            let outside: String = text.split('`').step_by(2).collect();
            for mark in ["**", "](", "```", "\n- ", "\n* ", "\n1. ", "\n| "] {
                assert!(!outside.contains(mark), "{code}: {mark:?}");
            }
        }
    }
}
