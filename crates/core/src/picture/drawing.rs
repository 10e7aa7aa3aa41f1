//! The picture as shapes.

use super::layout::{BOXES, Point, circle};
use super::shape::Shape;
use super::{Connection, DRAWN_CLUSTERS, EACH_CONNECTION, Node, Picture, State};

/// The size of a box.
const BOX: Point = Point { x: 224.0, y: 100.0 };
/// The height of a row of boxes.
const BOX_ROW: f64 = 132.0;
/// The height of a row of dots with two lines beside each.
const DOT_ROW: f64 = 44.0;
/// The radius of a dot.
const DOT: f64 = 7.0;
/// The room beside a dot for its label.
const LABEL: f64 = 270.0;
/// The room around everything.
const MARGIN: f64 = 24.0;
/// The height of a line of the legend.
const LEGEND_ROW: f64 = 22.0;
/// How much of a line of text fits, in narrow characters.
const NAME_WIDTH: usize = 22;
const LINE_WIDTH: usize = 30;

/// The colours of the picture as a file, for both colour schemes: the same as those of the page.
const STYLE: &str = "\
.page{fill:#fff}.frame,.dot{fill:#fff;stroke:#868d9c;stroke-width:1.5}.planned>.frame,.planned>.dot{stroke-dasharray:6 4}
.active>.frame,.active>.dot{stroke:#2545d8;stroke-width:3}.active>.dot{fill:#2545d8}
.wire{fill:none;stroke:#5c6472;stroke-width:1.5}.arrow{fill:#5c6472}
.blocked>.wire{stroke:#b3231b;stroke-dasharray:3 5}.blocked>.arrow{fill:#b3231b}
text{fill:#434a57;font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif}
.node-name{fill:#15181e;font-size:15px;font-weight:650}.node-state{fill:#2545d8;font-weight:650}.node-problems{fill:#b3231b;font-weight:650}
@media(prefers-color-scheme:dark){.page{fill:#0f1216}.frame,.dot{fill:#171a21;stroke:#6b7382}
.active>.frame,.active>.dot{stroke:#8fa3ff}.active>.dot{fill:#8fa3ff}
.wire{stroke:#99a0ae}.arrow{fill:#99a0ae}.blocked>.wire{stroke:#ff9c92}.blocked>.arrow{fill:#ff9c92}
text{fill:#bcc2cd}.node-name{fill:#e8eaf0}.node-state{fill:#8fa3ff}.node-problems{fill:#ff9c92}}
";

/// A picture that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Its width in pixels at its natural size.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// What it shows, in a few words.
    pub title: String,
    /// All that it shows, in words.
    pub description: String,
    /// What is drawn, from back to front. A group with `data-cluster` is a cluster, with the number
    /// of its id; its title has all about it.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// The drawing as a file that stands alone: it needs nothing from outside, and follows the colour
    /// scheme of whoever looks at it. The same picture gives the same bytes.
    #[must_use]
    pub fn svg(&self) -> String {
        let (width, height) = (self.width, self.height);
        let page = Shape::new("rect")
            .with("class", "page")
            .with("width", width)
            .with("height", height);
        let root = Shape::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("role", "img")
            .with("width", width)
            .with("height", height)
            .with("viewBox", format!("0 0 {width} {height}"))
            .child(Shape::new("title").text(&self.title))
            .child(Shape::new("desc").text(&self.description))
            .child(Shape::new("style").text(STYLE))
            .child(page)
            .children(self.shapes.iter().cloned());
        let mut xml = String::new();
        root.write(&mut xml);
        xml
    }
}

impl Picture {
    /// The picture as shapes: a circle of boxes, or of dots if there are many clusters.
    #[must_use]
    pub fn drawing(&self) -> Drawing {
        let plan = Plan::of(self);
        let mut shapes: Vec<Shape> = Vec::new();
        for connection in self.shown_connections() {
            shapes.extend(plan.connection(&connection));
        }
        for (node, place) in self.nodes.iter().zip(&plan.places) {
            if let Some(place) = place {
                shapes.push(plan.node(node, *place));
            }
        }
        let legend = self.legend();
        for (row, line) in legend.iter().enumerate() {
            let y = plan.legend_top + LEGEND_ROW * f64::from(u32::try_from(row).unwrap_or(0));
            shapes.push(label("", Point::new(MARGIN, y), "start", line));
        }
        let rows = f64::from(u32::try_from(legend.len()).unwrap_or(0));
        Drawing {
            width: pixels(plan.width),
            height: pixels(plan.legend_top + LEGEND_ROW * rows),
            title: self.title(),
            description: self.words(),
            shapes,
        }
    }

    /// What the lines mean, as far as there are such lines.
    fn legend(&self) -> Vec<String> {
        let nodes = &self.nodes;
        let mut lines = Vec::new();
        if nodes.is_empty() {
            lines.push("There are no clusters.".to_owned());
        }
        if nodes.len() > DRAWN_CLUSTERS {
            lines.push(format!(
                "{DRAWN_CLUSTERS} of {} clusters are drawn.",
                super::grouped(nodes.len())
            ));
        }
        lines.extend(self.summary());
        if nodes.len() > EACH_CONNECTION {
            lines.push(match self.active() {
                Some(active) => format!("Drawn are those of {}.", nodes[active].label),
                None => "Choose a cluster to see its connections.".to_owned(),
            });
        }
        if nodes.iter().any(|node| !node.is_running) {
            lines.push("Dashed frame: planned.".to_owned());
        }
        if nodes.len() > 1 && self.blocked_directions() > 0 {
            lines.push("Dotted line: an error blocks this direction.".to_owned());
        }
        lines
    }
}

/// Where everything is.
struct Plan {
    width: f64,
    legend_top: f64,
    centre: Point,
    has_boxes: bool,
    /// `None` for a cluster that is not drawn.
    places: Vec<Option<Point>>,
}

impl Plan {
    fn of(picture: &Picture) -> Self {
        let count = picture.drawn().len();
        let has_boxes = count <= BOXES;
        let row = match count {
            // Few enough for more air.
            3 => BOX_ROW * 1.5,
            _ if has_boxes => BOX_ROW,
            _ => DOT_ROW,
        };
        let (units, radii) = circle(count, row);
        let half = if has_boxes {
            Point::new(radii.x + BOX.x / 2.0, radii.y + BOX.y / 2.0)
        } else {
            Point::new(radii.x + LABEL, radii.y)
        };
        let half = if count == 0 {
            Point::new(140.0, 0.0)
        } else {
            half
        };
        let centre = Point::new(half.x + MARGIN, half.y + MARGIN);
        let lowest = units.iter().map(|unit| unit.y).fold(0.0, f64::max);
        let bottom = centre.y + lowest * radii.y + half.y - radii.y + MARGIN;
        let mut places = vec![None; picture.nodes.len()];
        for (node, unit) in picture.drawn().into_iter().zip(units) {
            let (x, y) = (unit.x * radii.x, unit.y * radii.y);
            places[node] = Some(Point::new(centre.x + x, centre.y + y));
        }
        Self {
            places,
            width: centre.x * 2.0,
            legend_top: bottom + if count == 0 { 0.0 } else { 8.0 },
            centre,
            has_boxes,
        }
    }

    /// The lines of a connection: one with two heads, or one for each direction if they differ.
    fn connection(&self, connection: &Connection) -> Vec<Shape> {
        let (first, second) = connection.ends;
        let (Some(first), Some(second)) = (self.places[first], self.places[second]) else {
            return Vec::new();
        };
        match connection.state() {
            Some(state) => vec![self.line(first, second, state, [true, true], 0.0)],
            None => vec![
                self.line(first, second, connection.forth, [false, true], 9.0),
                self.line(first, second, connection.back, [true, false], -9.0),
            ],
        }
    }

    /// A line that bends towards the centre, so that it does not run through a cluster between the two.
    /// `heads` are those at its ends; `aside` moves it, so that two lines are two.
    fn line(
        &self,
        first: Point,
        second: Point,
        state: State,
        heads: [bool; 2],
        aside: f64,
    ) -> Shape {
        let middle = first.part(second, 0.5);
        let beside = middle.toward(
            Point::new(middle.x + second.y - first.y, middle.y + first.x - second.x),
            aside * 2.0,
        );
        let bend = beside.part(self.centre, if self.places.len() > 2 { 0.7 } else { 0.0 });
        let begin = self.edge(first, bend);
        let end = self.edge(second, bend);
        let path = format!(
            "M{} {}Q{} {} {} {}",
            round(begin.x),
            round(begin.y),
            round(bend.x),
            round(bend.y),
            round(end.x),
            round(end.y)
        );
        let blocked = if state == State::Blocked {
            " blocked"
        } else {
            ""
        };
        let at = [begin, end].into_iter().zip(heads);
        let heads = at.filter(|(_, is_drawn)| *is_drawn);
        let heads = heads.map(|(tip, _)| head(tip, bend));
        Shape::new("g")
            .with("class", format!("connection{blocked}"))
            .child(Shape::new("path").with("class", "wire").with("d", path))
            .children(heads)
    }

    /// Where a line from a cluster to a place leaves the cluster.
    fn edge(&self, from: Point, to: Point) -> Point {
        if !self.has_boxes {
            return from.toward(to, DOT + 3.0);
        }
        let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        let across = (BOX.x / 2.0 + 4.0) / dx.max(f64::EPSILON);
        let along = (BOX.y / 2.0 + 4.0) / dy.max(f64::EPSILON);
        from.part(to, across.min(along).min(1.0))
    }

    fn node(&self, node: &Node, place: Point) -> Shape {
        let mut class = String::from("node");
        if !node.is_running {
            class.push_str(" planned");
        }
        if node.is_active {
            class.push_str(" active");
        }
        let group = Shape::new("g")
            .with("class", class)
            .with("data-cluster", node.id.get())
            .child(Shape::new("title").text(node.words()));
        let children = if self.has_boxes {
            boxed(node, place)
        } else {
            self.dotted(node, place)
        };
        group.children(children)
    }

    /// A dot, and two lines beside it on the outer side.
    fn dotted(&self, node: &Node, place: Point) -> Vec<Shape> {
        let is_right = place.x >= self.centre.x;
        let (side, anchor) = if is_right {
            (1.0, "start")
        } else {
            (-1.0, "end")
        };
        let x = place.x + side * (DOT + 9.0);
        let dot = Shape::new("circle")
            .with("class", "dot")
            .with("cx", round(place.x))
            .with("cy", round(place.y))
            .with("r", DOT);
        let name = cut(&node.name, NAME_WIDTH);
        let problems = node.problems();
        let active = if node.is_active { "active · " } else { "" };
        let second = match &*problems {
            "" => format!("{active}{}", facts(node)),
            _ => format!("{active}{problems}"),
        };
        let class = state_class(node);
        vec![
            dot,
            label("node-name", Point::new(x, place.y - 2.0), anchor, &name),
            label(class, Point::new(x, place.y + 15.0), anchor, &second),
        ]
    }
}

/// A box with everything in it.
fn boxed(node: &Node, place: Point) -> Vec<Shape> {
    let (left, top) = (place.x - BOX.x / 2.0, place.y - BOX.y / 2.0);
    let frame = Shape::new("rect")
        .with("class", "frame")
        .with("x", round(left))
        .with("y", round(top))
        .with("width", BOX.x)
        .with("height", BOX.y)
        .with("rx", 8);
    let line = |class: &'static str, down: f64, text: &str| {
        label(class, Point::new(place.x, top + down), "middle", text)
    };
    let address = if node.address.is_empty() {
        "no address"
    } else {
        &node.address
    };
    let problems = node.problems();
    let class = state_class(node);
    let active = if node.is_active { "active · " } else { "" };
    let last = match &*problems {
        "" => format!("{active}{}", node.stage()),
        _ => format!("{active}{problems}"),
    };
    vec![
        frame,
        line("node-name", 26.0, &cut(&node.name, NAME_WIDTH)),
        line("", 46.0, &cut(address, LINE_WIDTH)),
        line("", 65.0, &facts(node)),
        line(class, 85.0, &cut(&last, LINE_WIDTH)),
    ]
}

/// The class of the line that says its state.
fn state_class(node: &Node) -> &'static str {
    match (node.problems().is_empty(), node.is_active) {
        (false, _) => "node-problems",
        (true, true) => "node-state",
        (true, false) => "",
    }
}

/// `version 1 · Temporal 1.32`.
fn facts(node: &Node) -> String {
    let version = if node.initial_version.is_empty() {
        "no version".to_owned()
    } else {
        format!("version {}", cut(&node.initial_version, 11))
    };
    format!("{version} · Temporal {}", cut(&node.release, 8))
}

fn label(class: &'static str, place: Point, anchor: &str, text: &str) -> Shape {
    let shape = Shape::new("text");
    let shape = if class.is_empty() {
        shape
    } else {
        shape.with("class", class)
    };
    shape
        .with("x", round(place.x))
        .with("y", round(place.y))
        .with("text-anchor", anchor)
        .text(text)
}

/// The head of an arrow that comes from a place.
fn head(tip: Point, from: Point) -> Shape {
    let base = tip.toward(from, 9.0);
    let (dx, dy) = ((tip.x - base.x) / 2.0, (tip.y - base.y) / 2.0);
    let points = [
        tip,
        Point::new(base.x - dy, base.y + dx),
        Point::new(base.x + dy, base.y - dx),
    ];
    let points = points.map(|it| format!("{},{}", round(it.x), round(it.y)));
    Shape::new("polygon")
        .with("class", "arrow")
        .with("points", points.join(" "))
}

/// As much of a text as fits; characters of East Asia are twice as wide.
fn cut(text: &str, width: usize) -> String {
    let mut room = width;
    let mut shown = String::new();
    for c in text.chars() {
        let needed = if c >= '\u{1100}' { 2 } else { 1 };
        if needed > room {
            shown.pop();
            shown.push('…');
            break;
        }
        room -= needed;
        shown.push(c);
    }
    shown
}

/// To a tenth of a pixel, so that every machine writes the same.
fn round(number: f64) -> f64 {
    // Without minus zero.
    (number * 10.0).round() / 10.0 + 0.0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length of a picture with at most DRAWN_CLUSTERS clusters"
)]
fn pixels(length: f64) -> u32 {
    length.ceil() as u32
}
