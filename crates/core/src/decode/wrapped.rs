//! Rows put together again that were one line, until a terminal, a pane or a collector broke it.
//!
//! Where a line was broken is not known for certain, so a text is put together in a few ways, and what is found
//! across a break is what counts. The words of a message may be broken anywhere: they are proof enough. What
//! stands in its places may be broken only behind a row that is as wide as rows are that were broken.

use super::push_unescaped;

/// A text put together.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) text: String,
    /// Where rows begin that may be other lines: no place of a message reaches over it.
    pub(super) breaks: Vec<usize>,
    /// The rows in their order.
    pieces: Vec<Piece>,
}

/// A row in a text that was put together.
struct Piece {
    /// Where it begins there.
    begin: usize,
    /// Where it begins in the text as it is.
    origin: usize,
    /// Its line, counted from 0.
    line: usize,
}

/// What is put between two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seam {
    /// Nothing behind a row that is full, else a space.
    ByWidth,
    /// A space: broken between words.
    Space,
    /// Nothing: broken anywhere.
    Nothing,
}

impl Seam {
    const ALL: [Self; 3] = [Self::ByWidth, Self::Space, Self::Nothing];
}

/// How wide a row is behind which a line may go on: nobody's terminal is as narrow, and none as wide.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=400;
/// How wide terminals are, and the lines of collectors.
const USUAL_WIDTHS: [usize; 6] = [80, 100, 120, 132, 160, 200];
/// How wide a row is at least that can be told by the rows beside it to be full.
const TOLD_WIDTH: usize = 40;
/// What panes are framed with.
const BORDERS: [char; 4] = ['│', '┃', '║', '|'];

/// A row, and what stands around it.
struct Row<'t> {
    content: &'t str,
    /// How many bytes stand before the content.
    cut: usize,
    /// How wide it is, in characters, with what stands before it.
    width: usize,
    /// Whether it says so itself that it is full: by `\` at its end, or at the border of its pane.
    says_full: bool,
}

impl<'t> Row<'t> {
    fn of(line: &'t str, has_padding: bool) -> Self {
        let row = line.trim_end();
        if let Some(inside) = framed(row) {
            return Self::inside(row, inside, usize::from(has_padding));
        }
        let (row, says_full) = match row.strip_suffix('\\') {
            Some(row) => (row, true),
            None => (row, false),
        };
        let cut = prefix(row);
        Self {
            content: &row[cut..],
            cut,
            width: row.chars().count(),
            says_full,
        }
    }

    /// A row in a frame. A full one has its last space, too.
    fn inside(row: &'t str, inside: &'t str, padding: usize) -> Self {
        let end = inside.len().saturating_sub(padding).max(padding);
        let whole = inside.get(padding..end).unwrap_or_default();
        let content = whole.trim_end();
        let [width, pane] = [content, whole].map(|text| text.chars().count());
        let says_full = width + 1 >= pane;
        Self {
            content: if says_full { whole } else { content },
            cut: row.find(inside).unwrap_or_default() + padding.min(inside.len()),
            width,
            says_full,
        }
    }

    /// Whether a space at its end was cut off, to tell from its width.
    fn lost_space(&self) -> bool {
        !self.says_full && USUAL_WIDTHS.contains(&(self.width + 1))
    }

    /// Whether the next row can be a part of the same line.
    fn may_go_on(&self, next: &Self) -> bool {
        WIDTHS.contains(&self.width)
            && next.width <= *WIDTHS.end()
            && !next.content.trim().is_empty()
    }
}

/// A line without what stands behind a row: the border of a pane, or the mark of a line that goes on.
pub(super) fn without_mark(line: &str) -> &str {
    let row = line.trim_end();
    match framed(line) {
        Some(_) => row.trim_end_matches(BORDERS).trim_end(),
        None => row.strip_suffix('\\').unwrap_or(line),
    }
}

/// What stands in a row of a pane, between borders on both sides.
fn framed(row: &str) -> Option<&str> {
    let row = row.trim();
    let border = row.chars().next().filter(|c| BORDERS.contains(c))?;
    row.strip_prefix(border)?.strip_suffix(border)
}

/// Whether spaces stand inside of the borders of a pane: then they are in every row.
fn has_padding(lines: &[&str]) -> bool {
    let mut rows = lines.iter().filter_map(|line| framed(line));
    rows.all(|inside| inside.starts_with(' ') && inside.ends_with(' '))
}

/// How many bytes a collector has put before a line: `server-1  | `, `[pod/server-0/temporal] `.
fn prefix(row: &str) -> usize {
    let is_name = |name: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        !name.is_empty() && name.chars().all(is_part)
    };
    let composed = row.split_once("| ");
    let composed = composed.filter(|(name, _)| name.ends_with(' ') && is_name(name.trim_end()));
    let of_pod = row.strip_prefix('[').and_then(|row| row.split_once("] "));
    let of_pod = of_pod.filter(|(name, _)| is_name(name));
    let rest = composed.or(of_pod).map(|(_, rest)| rest);
    rest.map_or(0, |rest| row.len() - rest.len())
}

/// Whether the row in this place is as wide as rows are that were broken.
fn is_full(rows: &[Row<'_>], at: usize) -> bool {
    let width = |at: usize| rows.get(at).map(|row| row.width);
    let own = rows[at].width;
    let is_told = || {
        let before = at.checked_sub(1).and_then(width);
        own >= TOLD_WIDTH && (before == Some(own) || width(at + 1) == Some(own))
    };
    let is_usual = USUAL_WIDTHS.contains(&own) || rows[at].lost_space();
    let is_wide = is_usual || is_told();
    rows[at].says_full || is_wide && width(at + 1).is_some_and(|next| next <= own + 1)
}

/// Whether two rows begin alike, as lines of a log do.
fn begin_alike(one: &str, other: &str) -> bool {
    const COMPARED: usize = 3;
    let [one, other] = [one, other].map(|row| row.get(..COMPARED));
    one.is_some() && one == other
}

impl Joined {
    /// The lines put together in every way; `begins` is where each of them begins in the text as it is.
    /// None, where no line may go on in the next one.
    pub(super) fn all(lines: &[&str], begins: &[usize]) -> Vec<Self> {
        let has_padding = has_padding(lines);
        let rows = lines.iter().map(|line| Row::of(line, has_padding));
        let rows: Vec<Row<'_>> = rows.collect();
        if !rows.windows(2).any(|pair| pair[0].may_go_on(&pair[1])) {
            return Vec::new();
        }
        let all = Seam::ALL.into_iter();
        all.map(|seam| Self::of(&rows, begins, seam)).collect()
    }

    fn of(rows: &[Row<'_>], begins: &[usize], seam: Seam) -> Self {
        let mut joined = Self::default();
        // What the line begins with that the row is a part of.
        let mut head = "";
        for (line, row) in rows.iter().enumerate() {
            let before = line.checked_sub(1);
            match before.filter(|&at| rows[at].may_go_on(row)) {
                None => {
                    joined.text.push('\n');
                    head = row.content;
                }
                Some(at) => {
                    let is_part = is_full(rows, at)
                        && (rows[at].says_full || !begin_alike(head, row.content));
                    let has_space = !is_part || rows[at].lost_space();
                    joined.sew(seam, has_space);
                    if !is_part {
                        joined.breaks.push(joined.text.len());
                        head = row.content;
                    }
                }
            }
            if joined.text.ends_with('\\') && row.content.starts_with('"') {
                // An escape that was broken.
                joined.text.pop();
            }
            joined.pieces.push(Piece {
                begin: joined.text.len(),
                origin: begins[line] + row.cut,
                line,
            });
            push_unescaped(&mut joined.text, row.content);
        }
        joined.text.push('\n');
        joined
    }

    fn sew(&mut self, seam: Seam, has_space: bool) {
        if seam == Seam::Space || seam == Seam::ByWidth && has_space {
            let kept = self.text.trim_end_matches(' ').len();
            self.text.truncate(kept);
            self.text.push(' ');
        }
    }

    fn piece(&self, at: usize) -> &Piece {
        let behind = self.pieces.partition_point(|piece| piece.begin <= at);
        &self.pieces[behind.saturating_sub(1)]
    }

    /// The lines in which a part of the text begins and ends.
    pub(super) fn lines(&self, begin: usize, end: usize) -> (usize, usize) {
        let last = end.saturating_sub(1).max(begin);
        (self.piece(begin).line, self.piece(last).line)
    }

    /// Where this is in the text as it is.
    pub(super) fn origin(&self, at: usize) -> usize {
        let piece = self.piece(at);
        piece.origin + at.saturating_sub(piece.begin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_taken_out_of_what_stands_around_them() {
        for (line, content, says_full) in [
            ("plain  ", "plain", false),
            ("goes on \\", "goes on ", true),
            ("server-1  | text | more", "text | more", false),
            ("server-1| text", "server-1| text", false),
            ("a b  | text", "a b  | text", false),
            ("[pod/server-0/temporal] text", "text", false),
            ("[a b] text", "[a b] text", false),
            ("│text  │", "text", false),
            ("│ text │", "text", true),
            ("│ text  │", "text ", true),
            ("│ text   │", "text", false),
            ("│text│", "text", true),
            ("  ┃ text ┃", "text", true),
            ("││", "", true),
        ] {
            let row = Row::of(line, has_padding(&[line]));
            assert_eq!((row.content, row.says_full), (content, says_full), "{line}");
            assert!(line[row.cut..].starts_with(row.content), "{line}");
        }
    }

    #[test]
    fn full_rows_are_told_by_their_width() {
        let rows = |widths: &[usize]| -> Vec<bool> {
            let lines: Vec<String> = widths.iter().map(|width| "x".repeat(*width)).collect();
            let rows: Vec<Row<'_>> = lines.iter().map(|line| Row::of(line, false)).collect();
            (0..rows.len()).map(|at| is_full(&rows, at)).collect()
        };
        assert_eq!(rows(&[80, 30]), [true, false]);
        assert_eq!(
            rows(&[79, 80, 30]),
            [true, true, false],
            "a space at the end is lost"
        );
        assert_eq!(rows(&[81, 30]), [false, false]);
        assert_eq!(rows(&[97, 97, 12]), [true, true, false]);
        assert_eq!(rows(&[80, 90]), [false, false]);
        assert_eq!(rows(&[25, 25, 12]), [false, false, false]);
    }
}
