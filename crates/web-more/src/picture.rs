//! The picture of the topology, and what becomes of a namespace that fails over from cluster to cluster.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use multicluster_core::failover::{Failovers, Step};
use multicluster_core::picture::{Child, Drawing, Picture, Shape};
use multicluster_core::{ClusterId, Draft, Path, Resolution, resolve};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::dom::{self, El, take};
use crate::tools::{Subject, Tool, VISIT};

/// As the action of a cluster: fail over to the one with this id.
const FAIL_OVER: &str = "fail-over ";
const RESTART: &str = "restart";
const COPY: &str = "copy-mermaid";
const SAVE: &str = "save-svg";

/// So many failovers are kept; each further one takes the place of the first.
const KEPT: usize = 100;

/// The tab.
pub(crate) struct PictureTool {
    parts: Rc<Parts>,
}

/// The elements that change, and what they show.
struct Parts {
    figure: HtmlElement,
    versions: Element,
    steps: Element,
    words: Element,
    status: Element,
    draft: RefCell<Draft>,
    resolution: RefCell<Resolution>,
    /// The clusters that were active, one after the other. The first began.
    active: RefCell<Vec<ClusterId>>,
    /// The cluster that Tab leads to.
    reachable: Cell<Option<ClusterId>>,
}

impl PictureTool {
    pub(crate) fn new() -> Self {
        let draft = Draft::empty();
        let resolution = resolve(&draft);
        let figure = El::new("div")
            .attribute("class", "topology")
            .attribute("role", "group")
            .attribute("aria-label", "Topology")
            .attribute("aria-describedby", "topology-hint");
        let parts = Rc::new(Parts {
            figure: figure.cast(),
            versions: El::new("p").attribute("class", "versions").cast(),
            steps: El::new("ol").attribute("aria-label", "Failovers").cast(),
            words: El::new("ul").cast(),
            status: El::new("p")
                .attribute("role", "status")
                .attribute("class", "status")
                .cast(),
            draft: RefCell::new(draft),
            resolution: RefCell::new(resolution),
            active: RefCell::default(),
            reachable: Cell::default(),
        });
        Self { parts }
    }
}

impl Tool for PictureTool {
    fn title(&self) -> &'static str {
        "Picture"
    }

    fn panel(&self) -> El {
        let parts = self.parts.clone();
        let hint = "What a failover does to a namespace: choose a cluster, by a click or with the arrow keys and Enter, and it becomes the active one here. Nothing is sent to it.";
        let panel = El::new("div")
            .attribute("class", "picture-tool")
            .child(El::text("p", "hint", hint).attribute("id", "topology-hint"))
            .child(&parts.figure)
            .child(&parts.status)
            .child(
                El::new("p")
                    .attribute("class", "actions")
                    .child(El::button("button", "Begin again", RESTART))
                    .child(El::button("button", "Copy Mermaid", COPY))
                    .child(El::button("button", "Download SVG", SAVE)),
            )
            .child(El::text("h3", "", "Failover versions of a namespace"))
            .child(&parts.versions)
            .child(&parts.steps)
            .child(
                El::new("details")
                    .child(El::text("summary", "", "The picture in words"))
                    .child(&parts.words),
            );
        dom::on(&self.parts.figure, "keydown", move |event| {
            parts.press(&event)
        });
        panel
    }

    fn show(&self, subject: &Subject) {
        self.parts.follow(subject);
    }

    fn click(&self, action: &str, _button: &Element) {
        match action {
            RESTART => self.parts.begin_again(),
            COPY => self.parts.copy(),
            SAVE => self.parts.save(),
            other => {
                if let Some(Ok(id)) = other.strip_prefix(FAIL_OVER).map(str::parse) {
                    self.parts.fail_over(id);
                }
            }
        }
    }
}

impl Parts {
    /// Another draft: of the failovers, those between clusters that are still there stay.
    fn follow(&self, subject: &Subject) {
        let draft = &subject.draft;
        self.draft.replace(draft.clone());
        self.resolution.replace(subject.resolution.clone());
        let failovers = Failovers::of(draft);
        let can = |id: ClusterId| failovers.as_ref().is_ok_and(|all| all.can_be_active(id));
        let mut active = self.active.borrow_mut();
        active.retain(|&id| can(id));
        if active.is_empty() {
            let mut clusters = draft.clusters.iter();
            active.extend(
                clusters
                    .find(|cluster| can(cluster.id))
                    .map(|cluster| cluster.id),
            );
        }
        drop(active);
        self.say("");
        self.render();
        let figure = &self.figure;
        figure.set_scroll_left((figure.scroll_width() - figure.client_width()) / 2);
    }

    fn begin_again(&self) {
        self.active.borrow_mut().truncate(1);
        self.say("The namespace begins again.");
        self.render();
    }

    /// Fails over to the cluster with this number as its id.
    fn fail_over(&self, number: u32) {
        let draft = self.draft.borrow();
        let cluster = draft.clusters.iter().find(|it| it.id.get() == number);
        let Some(cluster) = cluster else {
            return;
        };
        let Some(step) = self.next(&draft, cluster.id) else {
            self.say(
                "Nothing can fail over to this cluster: its initial failover version is wrong.",
            );
            return;
        };
        if !step.is_nothing() {
            let mut active = self.active.borrow_mut();
            active.push(cluster.id);
            if active.len() > KEPT {
                active.remove(0);
            }
        }
        self.say(&step.rule);
        self.reachable.set(Some(cluster.id));
        drop(draft);
        self.render();
        self.focus();
    }

    /// What a failover to this cluster does now.
    fn next(&self, draft: &Draft, to: ClusterId) -> Option<Step> {
        let mut active = self.active.borrow().clone();
        active.push(to);
        let failovers = Failovers::of(draft).ok()?;
        failovers
            .steps(&active)
            .pop()
            .filter(|step| step.cluster == to)
    }

    fn picture(&self) -> Picture {
        let active = self.active.borrow().last().copied();
        Picture::of(&self.draft.borrow(), &self.resolution.borrow(), active)
    }

    fn render(&self) {
        let picture = self.picture();
        let drawing = picture.drawing();
        if self
            .reachable
            .get()
            .is_none_or(|id| !is_drawn(&drawing, id))
        {
            self.reachable.set(self.active.borrow().last().copied());
        }
        dom::fill(&self.figure, [self.drawn(&picture, &drawing)]);
        let words = picture.words();
        dom::fill(
            &self.words,
            words.lines().map(|line| El::text("li", "", line)),
        );
        self.render_steps();
    }

    fn render_steps(&self) {
        let draft = self.draft.borrow();
        let Ok(failovers) = Failovers::of(&draft) else {
            let wrong = "The failover version increment is wrong, and without it no version means anything. ";
            let go = format!("{VISIT}{}", Path::Increment.slug());
            let go = El::button("link", "Go to Failover version increment", &go);
            dom::fill(&self.versions, [El::new("span").words(wrong).child(go)]);
            return dom::fill(&self.steps, []);
        };
        let steps = failovers.steps(&self.active.borrow());
        let versions: Vec<String> = steps.iter().map(|step| step.to.get().to_string()).collect();
        let versions = if versions.is_empty() {
            "No cluster has an initial failover version.".to_owned()
        } else {
            versions.join(" → ")
        };
        dom::fill(&self.versions, [El::text("strong", "", &versions)]);
        dom::fill(&self.steps, steps.iter().map(step_item));
    }

    /// The drawing as elements, in which every cluster is a button; its title names it.
    fn drawn(&self, picture: &Picture, drawing: &Drawing) -> El {
        let (width, height) = (drawing.width, drawing.height);
        let mut svg = El::svg("svg")
            .attribute("width", &width.to_string())
            .attribute("height", &height.to_string())
            .attribute("viewBox", &format!("0 0 {width} {height}"));
        for shape in &drawing.shapes {
            let mut element = element(shape);
            if let Some(id) = cluster_of(shape) {
                let mut nodes = picture.nodes().iter();
                if let Some(node) = nodes.find(|node| node.id.get() == id) {
                    let is_reachable = self.reachable.get() == Some(node.id);
                    element = element
                        .attribute("role", "button")
                        .attribute(
                            "aria-pressed",
                            if node.is_active { "true" } else { "false" },
                        )
                        .attribute("tabindex", if is_reachable { "0" } else { "-1" })
                        .attribute("data-action", &format!("{FAIL_OVER}{id}"));
                }
            } else {
                element = element.attribute("aria-hidden", "true");
            }
            svg = svg.child(element);
        }
        svg
    }

    /// The arrow keys go from cluster to cluster, Enter and the space bar choose one.
    fn press(&self, event: &Event) {
        let key: &KeyboardEvent = event.unchecked_ref();
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let Some(id) = target.and_then(|target| target.get_attribute("data-cluster")) else {
            return;
        };
        if key.ctrl_key() || key.meta_key() || key.alt_key() {
            return;
        }
        let picture = self.picture();
        let drawing = picture.drawing();
        let drawn: Vec<u32> = drawing.shapes.iter().filter_map(cluster_of).collect();
        let place = drawn
            .iter()
            .position(|it| it.to_string() == id)
            .unwrap_or(0);
        let last = drawn.len().saturating_sub(1);
        let to = match key.key().as_str() {
            "ArrowRight" | "ArrowDown" => {
                if place == last {
                    0
                } else {
                    place + 1
                }
            }
            "ArrowLeft" | "ArrowUp" => place.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                event.prevent_default();
                if !key.repeat() {
                    self.fail_over(drawn.get(place).copied().unwrap_or_default());
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let mut nodes = picture.nodes().iter();
        let node = nodes.find(|node| Some(&node.id.get()) == drawn.get(to));
        self.reachable.set(node.map(|node| node.id));
        self.focus();
    }

    /// Moves the keyboard to the cluster that Tab leads to.
    fn focus(&self) {
        let Ok(found) = self.figure.query_selector_all("[data-cluster]") else {
            return;
        };
        let reachable = self.reachable.get().map(|id| id.get().to_string());
        for place in 0..found.length() {
            let Some(node) = found
                .get(place)
                .and_then(|it| it.dyn_into::<Element>().ok())
            else {
                continue;
            };
            let is_reachable = node.get_attribute("data-cluster") == reachable;
            dom::set(
                &node,
                "tabindex",
                Some(if is_reachable { "0" } else { "-1" }),
            );
            if is_reachable {
                dom::focus(node.unchecked_ref());
            }
        }
    }

    fn copy(&self) {
        let text = self.picture().mermaid();
        let status = self.status.clone();
        spawn_local(async move {
            let said = if take::copy(&text, "").await {
                "Copied."
            } else {
                "The browser did not allow to copy. Download the SVG instead."
            };
            status.set_text_content(Some(said));
        });
    }

    fn save(&self) {
        let svg = self.picture().drawing().svg();
        if take::save("topology.svg", "image/svg+xml", &svg).is_err() {
            self.say("The browser did not allow to save a file.");
        }
    }

    fn say(&self, words: &str) {
        self.status.set_text_content(Some(words));
    }
}

/// A failover: the version first, then its rule.
fn step_item(step: &Step) -> El {
    El::new("li")
        .child(El::text("strong", "", &step.to.get().to_string()))
        .words(" ")
        .words(&step.rule)
}

/// A shape as an element, with all that is in it.
fn element(shape: &Shape) -> El {
    let mut element = El::svg(shape.name);
    for (name, value) in &shape.attributes {
        element = element.attribute(name, value);
    }
    for child in &shape.children {
        element = match child {
            Child::Shape(child) => element.child(self::element(child)),
            Child::Text(text) => element.words(text),
        };
    }
    element
}

/// The number of the id of the cluster that a shape is, if it is one.
fn cluster_of(shape: &Shape) -> Option<u32> {
    let mut attributes = shape.attributes.iter();
    let (_, id) = attributes.find(|(name, _)| *name == "data-cluster")?;
    id.parse().ok()
}

fn is_drawn(drawing: &Drawing, id: ClusterId) -> bool {
    let mut shapes = drawing.shapes.iter();
    shapes.any(|shape| cluster_of(shape) == Some(id.get()))
}
