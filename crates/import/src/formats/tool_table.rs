//! What tools print as tables: `temporal operator cluster list` (six columns, seven since 1.6 of
//! the tool) and `describe`, `tctl next cluster list`; also with borders, as in Markdown.

use multicluster_core::observed::{Entry, Told, View, ViewKind};

use super::tool_json::Asked;
use super::{Reader, prompt, quoted};
use crate::finding;
use crate::outcome::told;
use crate::text::Place;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    ClusterId,
    Address,
    HistoryShardCount,
    InitialFailoverVersion,
    IsConnectionEnabled,
    IsReplicationEnabled,
    /// Of `describe`.
    PersistenceStore,
    /// Of `describe`.
    Other,
}

impl Column {
    fn of(title: &str) -> Option<Self> {
        let folded = title.replace(['_', ' '], "").to_lowercase();
        Some(match &*folded {
            "name" | "clustername" => Self::Name,
            "clusterid" => Self::ClusterId,
            "address" => Self::Address,
            "historyshardcount" => Self::HistoryShardCount,
            "initialfailoverversion" => Self::InitialFailoverVersion,
            "isconnectionenabled" => Self::IsConnectionEnabled,
            "isreplicationenabled" => Self::IsReplicationEnabled,
            "persistencestore" => Self::PersistenceStore,
            "visibilitystore" | "versioninfo" => Self::Other,
            _ => return None,
        })
    }
}

/// A cell: its text, and the column of its first character.
type Cell<'t> = (&'t str, usize);

/// The table whose titles stand in this line.
pub(crate) struct Table {
    columns: Vec<Column>,
}

impl Table {
    /// `None` where the line holds no titles of such a table.
    pub(crate) fn begins(line: &str) -> Option<Self> {
        let columns: Option<Vec<Column>> = words(line)
            .iter()
            .map(|(title, _)| Column::of(title))
            .collect();
        let columns = columns?;
        let has = |column| columns.contains(&column);
        let list = has(Column::Address)
            && (has(Column::IsConnectionEnabled) || has(Column::InitialFailoverVersion));
        (has(Column::Name) && (list || has(Column::PersistenceStore))).then_some(Self { columns })
    }

    fn is_description(&self) -> bool {
        self.columns.contains(&Column::PersistenceStore)
    }

    fn holds(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    /// The cells of a row, each for its column.
    fn cells<'t>(&self, line: &'t str) -> Option<Vec<(Column, Cell<'t>)>> {
        let wide = if line.contains('|') || line.contains('│') {
            bordered(line)
        } else {
            gaps(line)
        };
        let cells = if wide.len() == self.columns.len() {
            wide
        } else if let Some(cells) = self.narrow(line) {
            cells
        } else {
            self.without_id(wide)?
        };
        Some(self.columns.iter().copied().zip(cells).collect())
    }

    /// Cells with a single space between them, unless it is one within a name: then something else stands
    /// where the id should.
    fn narrow<'t>(&self, line: &'t str) -> Option<Vec<Cell<'t>>> {
        let cells = words(line);
        let id = self.position(Column::ClusterId);
        let fits = cells.len() == self.columns.len() && id.is_none_or(|id| is_uuid(cells[id].0));
        fits.then_some(cells)
    }

    fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|known| *known == column)
    }

    /// Clusters that a server of 1.14 took from its file have no id.
    fn without_id<'t>(&self, mut cells: Vec<Cell<'t>>) -> Option<Vec<Cell<'t>>> {
        let id = self.position(Column::ClusterId)?;
        let missing =
            cells.len() + 1 == self.columns.len() && cells.iter().all(|(cell, _)| !is_uuid(cell));
        let (_, at) = *cells.get(id)?;
        missing.then(|| {
            cells.insert(id, ("", at));
            cells
        })
    }
}

/// Whether a line could be a row or a border, and not the end of a table.
pub(crate) fn is_border(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.chars().all(|c| "-+|=:─┼│├┤┌┐└┘┬┴ ".contains(c))
}

fn is_uuid(cell: &str) -> bool {
    cell.len() == 36
        && cell
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Cells between borders.
fn bordered(line: &str) -> Vec<Cell<'_>> {
    let line_end = line.trim_end().trim_end_matches(['|', '│']).len();
    let mut cells = Vec::new();
    let mut begin = 0;
    let inner = line[..line_end].trim_start().trim_start_matches(['|', '│']);
    let offset = line_end - inner.len();
    for cell in inner.split(['|', '│']) {
        let skipped = cell.len() - cell.trim_start().len();
        cells.push((
            cell.trim(),
            line[..offset + begin + skipped].chars().count(),
        ));
        begin += cell.len()
            + inner[begin + cell.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
    }
    cells
}

/// Cells with at least two spaces, or a tab, between them.
fn gaps(line: &str) -> Vec<Cell<'_>> {
    let is_gap =
        |at: usize, c: char| c == '\t' || (c == ' ' && line[at + 1..].starts_with([' ', '\t']));
    pieces(line, is_gap)
}

/// Cells with any space between them.
fn words(line: &str) -> Vec<Cell<'_>> {
    pieces(line, |_, c| c.is_whitespace() || c == '|' || c == '│')
}

fn pieces(line: &str, is_gap: impl Fn(usize, char) -> bool) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let mut rest = 0;
    for (at, c) in line.char_indices().chain([(line.len(), '\t')]) {
        if at < rest || !(at == line.len() || is_gap(at, c)) {
            continue;
        }
        let cell = line[rest..at].trim();
        if !cell.is_empty() {
            let begin = at - line[rest..at].trim_start().len();
            cells.push((cell, line[..begin].chars().count()));
        }
        rest = at + c.len_utf8();
    }
    cells
}

impl Reader<'_> {
    /// Reads the rows of a table that begins at a line; returns the line behind it.
    pub(crate) fn table(&mut self, table: &Table, titles_at: usize, asked: &Asked) -> usize {
        let mut at = titles_at + 1;
        let mut view = View::new(
            ViewKind::ClusterList,
            self.text.location(Place::new(titles_at, 0)),
        );
        view.server_address.clone_from(&asked.address);
        while let Some(line) = self
            .text
            .lines
            .get(at)
            .filter(|line| !line.trim().is_empty())
        {
            if prompt::begins(line) {
                break;
            }
            if !is_border(line) {
                let Some(cells) = table.cells(line) else {
                    if is_of_another_kind(line) {
                        break;
                    }
                    self.report(
                        Place::new(at, 0),
                        &finding::TABLE_ROW_UNREADABLE,
                        format!("The row {} does not fit the table.", quoted(line.trim())),
                    );
                    view.is_cut = true;
                    at += 1;
                    continue;
                };
                let entry = self.row(at, &cells);
                view.entries.push(entry);
            }
            at += 1;
        }
        self.finish_table(table, titles_at, view, asked);
        at
    }

    fn finish_table(&mut self, table: &Table, titles_at: usize, mut view: View, asked: &Asked) {
        let at = Place::new(titles_at, 0);
        if view.entries.is_empty() {
            return self.report(
                at,
                &finding::TABLE_ROW_UNREADABLE,
                "The table has no row that can be read.".to_owned(),
            );
        }
        if table.is_description() {
            view.kind = ViewKind::ClusterDescription;
            let own = &view.entries[0];
            view.of.clone_from(&own.name);
            view.history_shards.clone_from(&own.history_shards);
            self.report(
                at,
                &finding::DESCRIBE_WITHOUT_NUMBERS,
                "This table has no initial failover version and no increment.".to_owned(),
            );
        } else if table.holds(Column::IsConnectionEnabled) {
            Self::name_list(&mut view, asked);
            self.report_unknown_owner(at, &view);
        }
        self.outcome.add_view(self.text, view);
    }

    fn row(&mut self, line: usize, cells: &[(Column, Cell<'_>)]) -> Entry {
        let mut entry = Entry::new(self.text.location(Place::new(line, 0)));
        for (column, (cell, at)) in cells {
            let at = Place::new(line, *at);
            match column {
                Column::Name => entry.name = self.cell_text(at, cell),
                Column::ClusterId => entry.cluster_id = self.cell_text(at, cell),
                Column::Address => entry.rpc_address = self.cell_text(at, cell),
                Column::HistoryShardCount => {
                    entry.history_shards = self.cell(at, cell, "a whole number")
                }
                Column::InitialFailoverVersion => {
                    entry.initial_version = self.cell(at, cell, "a whole number")
                }
                Column::IsConnectionEnabled => entry.enabled = self.cell(at, cell, "true or false"),
                Column::IsReplicationEnabled => {
                    entry.replication_enabled = self.cell(at, cell, "true or false")
                }
                Column::PersistenceStore | Column::Other => {}
            }
        }
        entry
    }

    fn cell_text(&self, at: Place, cell: &str) -> Option<Told<String>> {
        (!cell.is_empty()).then(|| told(self.text, at, cell.to_owned()))
    }

    fn cell<T: std::str::FromStr>(
        &mut self,
        at: Place,
        cell: &str,
        wanted: &str,
    ) -> Option<Told<T>> {
        let value = cell.parse().ok();
        if value.is_none() {
            self.report(
                at,
                &finding::CELL_INVALID,
                format!("The cell {} is not {wanted}.", quoted(cell)),
            );
        }
        value.map(|value| told(self.text, at, value))
    }
}

/// Whether a line that is no row is the next thing, such as a prompt.
fn is_of_another_kind(line: &str) -> bool {
    let line = line.trim_start();
    line.contains("tctl ")
        || line.contains("temporal ")
        || line.starts_with("Error: ")
        || line.starts_with(['#', '{', '[', '`', '>'])
        || Table::begins(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: &str = "    Name                 ClusterId                    Address      HistoryShardCount  InitialFailoverVersion  IsConnectionEnabled";

    fn texts<'t>(table: &Table, line: &'t str) -> Option<Vec<&'t str>> {
        Some(
            table
                .cells(line)?
                .into_iter()
                .map(|(_, (cell, _))| cell)
                .collect(),
        )
    }

    #[test]
    fn titles_are_found() {
        assert!(Table::begins(TITLES).is_some());
        assert!(Table::begins("| Name | ClusterId | Address | HistoryShardCount | InitialFailoverVersion | IsConnectionEnabled |").is_some());
        assert!(
            Table::begins("  ClusterName  PersistenceStore  VisibilityStore")
                .is_some_and(|table| table.is_description())
        );
        assert!(Table::begins("ClusterName Address IsConnectionEnabled").is_some());
        for line in [
            "Name: x",
            "  Name  Address",
            "",
            "ServerVersion  SupportsSchedules",
        ] {
            assert!(Table::begins(line).is_none(), "{line}");
        }
    }

    #[test]
    fn rows_are_split_however_they_were_copied() {
        let table = Table::begins(TITLES).expect("titles");
        let id = "91378a3f-f071-42ec-9ef9-d5ac03b63bce";
        let expected = vec!["my cluster", id, "127.0.0.1:31233", "4", "1", "true"];
        for line in [
            format!(
                "  my cluster  {id}  127.0.0.1:31233  4                  1                       true               "
            ),
            format!("| my cluster | {id} | 127.0.0.1:31233 | 4 | 1 | true |"),
            format!("my cluster\t{id}\t127.0.0.1:31233\t4\t1\ttrue"),
        ] {
            assert_eq!(texts(&table, &line), Some(expected.clone()), "{line}");
        }
        assert_eq!(
            texts(&table, &format!("a {id} h:1 4 1 true")),
            Some(vec!["a", id, "h:1", "4", "1", "true"])
        );
        assert_eq!(
            texts(&table, "  b    h:2  4  2  true"),
            Some(vec!["b", "", "h:2", "4", "2", "true"])
        );
        assert_eq!(
            texts(&table, "  my cluster    h:2  4  2  true"),
            Some(vec!["my cluster", "", "h:2", "4", "2", "true"])
        );
        assert_eq!(texts(&table, "my cluster h:2 4 2 true"), None);
        assert_eq!(texts(&table, &format!("  a  {id}  h:1")), None);
    }
}
