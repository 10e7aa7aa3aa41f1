//! The program of the page, which boot.js starts.

fn main() {
    multicluster_web::start();
}
