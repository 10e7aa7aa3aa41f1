//! Where things are: on a circle, in the order of the form, clockwise from the top.
//!
//! The clusters are spread evenly over the height, not over the angle, so that each has a row of its
//! own on its side and no label meets another. That needs no sine: the same bytes come out everywhere.

/// Up to so many clusters are boxes with everything in them; above, they are dots with labels beside.
pub(super) const BOXES: usize = 8;

/// A place in the picture, in pixels at its natural size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// This far from here into the direction of another place.
    pub(super) fn toward(self, other: Self, distance: f64) -> Self {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        let length = (dx * dx + dy * dy).sqrt().max(f64::EPSILON);
        Self::new(
            self.x + dx / length * distance,
            self.y + dy / length * distance,
        )
    }

    /// The place that is `share` of the way from here to another one.
    pub(super) fn part(self, other: Self, share: f64) -> Self {
        Self::new(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
        )
    }
}

/// Where each of `count` clusters is on a circle around 0, 0 with radius 1, and the radii that it
/// needs. `row` is the height of a row.
pub(super) fn circle(count: usize, row: f64) -> (Vec<Point>, Point) {
    let places = match count {
        0 | 1 => vec![Point::new(0.0, 0.0); count],
        2 => vec![Point::new(-1.0, 0.0), Point::new(1.0, 0.0)],
        3..=BOXES => with_poles(count),
        _ => without_poles(count),
    };
    (places, radii(count, row))
}

fn radii(count: usize, row: f64) -> Point {
    match count {
        0 | 1 => Point::new(0.0, 0.0),
        2 => Point::new(230.0, 0.0),
        3..=BOXES => {
            let side = (count - 1) / 2;
            let rows = if count.is_multiple_of(2) {
                number(side) + 1.0
            } else {
                number(side) + 0.5
            };
            Point::new(if count == 3 { 240.0 } else { 300.0 }, rows * row / 2.0)
        }
        _ => {
            let height = number(count.div_ceil(2)) * row / 2.0;
            Point::new(height.clamp(180.0, 300.0), height)
        }
    }
}

/// One cluster at the top, and one at the bottom if their number is even; the others in rows.
fn with_poles(count: usize) -> Vec<Point> {
    let side = (count - 1) / 2;
    let is_even = count.is_multiple_of(2);
    let rows = number(side) + if is_even { 1.0 } else { 0.5 };
    let right = (1..=side).map(|row| on_right(-1.0 + 2.0 * number(row) / rows));
    let right: Vec<Point> = right.collect();
    let top = Point::new(0.0, -1.0);
    let bottom = is_even.then_some(Point::new(0.0, 1.0));
    let left = right.iter().rev().map(|it| Point::new(-it.x, it.y));
    std::iter::once(top)
        .chain(right.iter().copied())
        .chain(bottom)
        .chain(left)
        .collect()
}

/// All clusters in rows on the right and on the left.
fn without_poles(count: usize) -> Vec<Point> {
    let rows = count.div_ceil(2);
    let height = |row: usize| -1.0 + (2.0 * number(row) + 1.0) / number(rows);
    let right = (0..rows).map(|row| on_right(height(row)));
    let left = (0..count - rows).rev().map(|row| on_right(height(row)));
    right
        .chain(left.map(|it| Point::new(-it.x, it.y)))
        .collect()
}

fn on_right(y: f64) -> Point {
    Point::new((1.0 - y * y).max(0.0).sqrt(), y)
}

/// A small count as a length.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn every_cluster_has_a_row_of_its_own_on_its_side() {
        let text = |point: &Point| format!("{:.2},{:.2}", point.x, point.y);
        let circles = (0..=10).map(|count| {
            let (places, radii) = circle(count, 100.0);
            let places: Vec<String> = places.iter().map(text).collect();
            format!("{count}, {}: {}\n", text(&radii), places.join(" "))
        });
        expect![[r#"
            0, 0.00,0.00: 
            1, 0.00,0.00: 0.00,0.00
            2, 230.00,0.00: -1.00,0.00 1.00,0.00
            3, 240.00,75.00: 0.00,-1.00 0.94,0.33 -0.94,0.33
            4, 300.00,100.00: 0.00,-1.00 1.00,0.00 0.00,1.00 -1.00,0.00
            5, 300.00,125.00: 0.00,-1.00 0.98,-0.20 0.80,0.60 -0.80,0.60 -0.98,-0.20
            6, 300.00,150.00: 0.00,-1.00 0.94,-0.33 0.94,0.33 0.00,1.00 -0.94,0.33 -0.94,-0.33
            7, 300.00,175.00: 0.00,-1.00 0.90,-0.43 0.99,0.14 0.70,0.71 -0.70,0.71 -0.99,0.14 -0.90,-0.43
            8, 300.00,200.00: 0.00,-1.00 0.87,-0.50 1.00,0.00 0.87,0.50 0.00,1.00 -0.87,0.50 -1.00,0.00 -0.87,-0.50
            9, 250.00,250.00: 0.60,-0.80 0.92,-0.40 1.00,0.00 0.92,0.40 0.60,0.80 -0.92,0.40 -1.00,0.00 -0.92,-0.40 -0.60,-0.80
            10, 250.00,250.00: 0.60,-0.80 0.92,-0.40 1.00,0.00 0.92,0.40 0.60,0.80 -0.60,0.80 -0.92,0.40 -1.00,0.00 -0.92,-0.40 -0.60,-0.80
        "#]].assert_eq(&circles.collect::<String>());
    }

    #[test]
    fn the_circle_of_many_is_never_wider_than_a_picture() {
        let radii = |count| circle(count, 44.0).1;
        assert_eq!(radii(9), Point::new(180.0, 110.0));
        assert_eq!(radii(12), Point::new(180.0, 132.0));
        assert_eq!(radii(20), Point::new(220.0, 220.0));
        assert_eq!(radii(100), Point::new(300.0, 1100.0));
    }
}
