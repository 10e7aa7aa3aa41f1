//! The prompts of shells, in what was copied out of a terminal.

/// How many words a prompt has: `PS C:\\Program Files>`, `[ops@bastion dir]$`.
const WORDS: usize = 3;

/// Whether a prompt begins a line, with or without a command behind it.
pub(crate) fn begins(line: &str) -> bool {
    end(line).is_some()
}

/// Whether nothing but a prompt stands in a line.
pub(crate) fn is_all(line: &str) -> bool {
    end(line).is_some_and(|end| line[end..].trim().is_empty())
}

/// Behind the prompt that begins a line, in bytes.
pub(crate) fn end(line: &str) -> Option<usize> {
    let mut words = line.split_ascii_whitespace().take(WORDS);
    let first = words.clone().next()?;
    let is_alone = |word: &str| matches!(word, "$" | "%" | "❯" | "➜");
    let last = words.find(|word| is_alone(word) || is_last(first, word))?;
    Some(last.as_ptr() as usize - line.as_ptr() as usize + last.len())
}

/// Whether a word ends the prompt that another one begins.
fn is_last(first: &str, word: &str) -> bool {
    let is_windows = first == "PS" || first.get(1..3) == Some(":\\");
    let is_unix = first.starts_with(['/', '~', '['])
        || first.contains('@')
        || ["bash-", "sh-"]
            .iter()
            .any(|shell| first.starts_with(shell));
    (is_windows && word.ends_with('>')) || (is_unix && word.ends_with(['$', '#', '%']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_known() {
        for prompt in [
            "$",
            "ops@bastion:~$",
            "bash-5.1$",
            "sh-4.4#",
            "/ #",
            "/etc/temporal #",
            "PS C:\\>",
            "PS C:\\Program Files>",
            "C:\\>",
            "root@x:/etc#",
            "[ops@bastion temporal]$",
            "me@mac ~ %",
            "~ ❯",
        ] {
            assert!(is_all(prompt) && is_all(&format!("{prompt} ")), "{prompt}");
            let with_command = format!("{prompt} ls -l");
            assert!(begins(&with_command) && !is_all(&with_command), "{prompt}");
        }
    }

    #[test]
    fn rows_and_texts_are_no_prompts() {
        for line in [
            "",
            "east  91378a3f-f071-42ec-9ef9-d5ac03b63bce  h:1  4  1  true",
            "| a$ | h:1 |",
            "a# b$",
            "# comment",
            "> quotation",
            "100 %d",
            "/ a b c #",
        ] {
            assert!(!begins(line), "{line}");
        }
    }
}
