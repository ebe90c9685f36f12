//! Many clients at a running Skyreel: how soon each sees what another one did, whether its frames keep
//! coming, and whether its memory stays flat while clients come, ask, look, sleep and break off at random.
//!
//! `skyreel --headless &` then `cargo run --release -p skyreel-faces --example crowd -- --for 3600`

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value as Json, json};
use skyreel_core::command::CATALOGUE;
use skyreel_faces::ctl::{Folder, Instance};
use skyreel_faces::web::{PATH, PICTURE_PATH};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{WebSocketStream, client_async};

type Failed = Box<dyn Error + Send + Sync>;
type Socket = WebSocketStream<TcpStream>;

/// What one client changes and all the others wait to see.
const PROPERTY: &str = "Scene.Moon.Renderable.Opacity";

/// How often that is measured.
const MEASURED: usize = 60;

/// What is said in place of examples that would end the program, change what is kept for good, or leave
/// one more file each time.
const INSTEAD: [(&str, &str); 9] = [
    ("window.quit", "clock.rate 1"),
    ("window.setting", "clock.real_time"),
    ("window.screenshot", "navigate.get"),
    ("record.start", "record.start crowd overwrite=true"),
    ("record.toggle", "record.stop"),
    ("play.start", "play.start crowd.skyreel"),
    ("film.start", "film.stop"),
    ("journey.save", "journey.new"),
    ("journey.export", "journey.new"),
];

#[derive(Parser)]
struct Args {
    /// The running Skyreel; the only one if left out.
    #[arg(long)]
    name: Option<String>,
    /// How many clients.
    #[arg(long, default_value_t = 50)]
    clients: usize,
    /// For how long they do what comes to their minds, seconds.
    #[arg(long = "for", default_value_t = 60)]
    lasts_s: u64,
    /// What their minds begin with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failed> {
    let args = Args::parse();
    let running = Folder::users().running()?;
    let is_asked = |one: &&Instance| args.name.as_ref().is_none_or(|name| *name == one.name);
    let instance = running.iter().find(is_asked).ok_or("no such Skyreel is running")?;
    println!("{}, process {}", instance.name, instance.pid);
    for count in [1, args.clients] {
        measure(instance, count).await?;
    }
    soak(instance, &args).await
}

async fn connect(instance: &Instance, path: &str) -> Result<Socket, Failed> {
    let stream = TcpStream::connect(instance.address).await?;
    stream.set_nodelay(true)?;
    let mut request = format!("ws://{}{path}", instance.address).into_client_request()?;
    let bearer = HeaderValue::from_str(&format!("Bearer {}", instance.secret.reveal()))?;
    request.headers_mut().insert("authorization", bearer);
    Ok(client_async(request, stream).await?.0)
}

async fn say(socket: &mut Socket, what: &Json) -> Result<(), Failed> {
    Ok(socket.send(Message::text(what.to_string())).await?)
}

async fn hear(socket: &mut Socket) -> Result<Json, Failed> {
    loop {
        match socket.next().await.ok_or("it hung up")?? {
            Message::Text(text) => return Ok(serde_json::from_str(&text)?),
            _ => continue,
        }
    }
}

/// Frames a second and how soon a change is seen by all, while so many watch.
async fn measure(instance: &Instance, count: usize) -> Result<(), Failed> {
    let (seen, mut all_seen) = mpsc::unbounded_channel();
    let newest = Arc::new(AtomicU64::new(0));
    let mut watchers = Vec::new();
    for _ in 0..count {
        let mut socket = connect(instance, PATH).await?;
        say(&mut socket, &json!({ "id": 1, "watch": true })).await?;
        let (seen, newest) = (seen.clone(), Arc::clone(&newest));
        watchers.push(tokio::spawn(async move {
            while let Ok(message) = hear(&mut socket).await {
                if let Some(number) = message["snapshot"].as_u64() {
                    newest.fetch_max(number, Ordering::Relaxed);
                }
                if let Some(value) = message["changes"]["properties"][PROPERTY].as_f64() {
                    // Whoever measures has gone where this fails.
                    let _ = seen.send((value, Instant::now()));
                }
            }
        }));
    }
    let mut caller = connect(instance, PATH).await?;
    // While a recording plays, the scene is its.
    say(&mut caller, &json!({ "id": 0, "call": "play.stop" })).await?;
    sleep(Duration::from_secs(1)).await;
    let (began, first) = (Instant::now(), newest.load(Ordering::Relaxed));
    let mut latencies = Vec::new();
    for n in 0..MEASURED {
        let value = 0.25 + n as f64 / 1000.0;
        while all_seen.try_recv().is_ok() {}
        let said = Instant::now();
        let with = json!({ "path": PROPERTY, "value": value });
        say(&mut caller, &json!({ "id": n, "call": "scene.set", "with": with })).await?;
        for _ in 0..count {
            loop {
                let (found, at) = timeout(Duration::from_secs(10), all_seen.recv())
                    .await?
                    .ok_or("all watchers have gone")?;
                if found == value {
                    latencies.push(at.duration_since(said).as_secs_f64() * 1e3);
                    break;
                }
            }
        }
        // Not in step with the server's own pace.
        sleep(Duration::from_millis(40 + (n as u64 * 7) % 23)).await;
    }
    let frames = newest.load(Ordering::Relaxed) - first;
    let per_s = frames as f64 / began.elapsed().as_secs_f64();
    watchers.into_iter().for_each(|watcher| watcher.abort());
    latencies.sort_by(f64::total_cmp);
    let at = |share: f64| latencies[((latencies.len() - 1) as f64 * share) as usize];
    println!(
        "{count:3} clients: {per_s:5.1} frames/s; a change is seen after {:.0} ms (median), \
         {:.0} ms (99 %), {:.0} ms (worst)",
        at(0.5),
        at(0.99),
        at(1.0),
    );
    Ok(())
}

/// Small random numbers (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

#[derive(Default)]
struct Counts {
    asked: AtomicU64,
    answered: AtomicU64,
    pictures: AtomicU64,
    came: AtomicU64,
}

/// Clients do what comes to their minds; the memory is told.
async fn soak(instance: &Instance, args: &Args) -> Result<(), Failed> {
    let counts = Arc::new(Counts::default());
    let is_over = Arc::new(AtomicBool::new(false));
    let mut clients = Vec::new();
    for n in 0..args.clients {
        let (instance, counts) = (instance.clone(), Arc::clone(&counts));
        let is_over = Arc::clone(&is_over);
        let mut dice = Dice((args.seed + n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        clients.push(tokio::spawn(async move {
            while !is_over.load(Ordering::Relaxed) {
                counts.came.fetch_add(1, Ordering::Relaxed);
                // A client that is turned away comes back, as one that broke off does.
                let _ =
                    timeout(Duration::from_secs(30), visit(&instance, &counts, &mut dice)).await;
                sleep(Duration::from_millis(50 + dice.roll(500) as u64)).await;
            }
        }));
    }
    let began = Instant::now();
    let mut memory_kib = Vec::new();
    while began.elapsed() < Duration::from_secs(args.lasts_s) {
        sleep(Duration::from_secs((args.lasts_s / 60).clamp(1, 60))).await;
        let kib = resident_kib(instance.pid).ok_or("Skyreel has ended")?;
        memory_kib.push(kib);
        println!(
            "{:5.0} s: {:6.1} MiB; {} visits, {} asked, {} answered, {} pictures",
            began.elapsed().as_secs_f64(),
            kib as f64 / 1024.0,
            counts.came.load(Ordering::Relaxed),
            counts.asked.load(Ordering::Relaxed),
            counts.answered.load(Ordering::Relaxed),
            counts.pictures.load(Ordering::Relaxed),
        );
    }
    is_over.store(true, Ordering::Relaxed);
    clients.into_iter().for_each(|client| client.abort());
    // The first tenth fills what is kept of everything: lines, notices, pages of memory.
    let settled = &memory_kib[memory_kib.len() / 10..];
    let half = settled.len() / 2;
    let mean = |part: &[u64]| part.iter().sum::<u64>() as f64 / part.len().max(1) as f64 / 1024.0;
    println!(
        "memory: {:.1} MiB in the first half, {:.1} MiB in the second",
        mean(&settled[..half]),
        mean(&settled[half..])
    );
    Ok(())
}

async fn visit(instance: &Instance, counts: &Counts, dice: &mut Dice) -> Result<(), Failed> {
    match dice.roll(10) {
        // It says nothing, or nothing that is HTTP.
        0 => {
            let stream = TcpStream::connect(instance.address).await?;
            let noise: Vec<u8> = (0..dice.roll(2000)).map(|_| dice.roll(256) as u8).collect();
            stream.writable().await?;
            stream.try_write(&noise)?;
        }
        1 => {
            let mut socket = connect(instance, PICTURE_PATH).await?;
            for _ in 0..dice.roll(20) {
                say(&mut socket, &json!({ "width": 320 + 160 * dice.roll(3) })).await?;
                if socket.next().await.ok_or("it hung up")??.is_binary() {
                    counts.pictures.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        kind => {
            let mut socket = connect(instance, PATH).await?;
            if dice.roll(2) == 0 {
                say(&mut socket, &json!({ "id": 0, "watch": true })).await?;
            }
            for id in 1..=dice.roll(60) {
                ask(&mut socket, id, dice).await?;
                counts.asked.fetch_add(1, Ordering::Relaxed);
                if kind == 2 {
                    // It does not read for a while.
                    sleep(Duration::from_millis(dice.roll(200) as u64)).await;
                    continue;
                }
                while hear(&mut socket).await?["id"] != json!(id) {}
                counts.answered.fetch_add(1, Ordering::Relaxed);
                sleep(Duration::from_millis(dice.roll(40) as u64)).await;
            }
        }
    }
    Ok(())
}

async fn ask(socket: &mut Socket, id: usize, dice: &mut Dice) -> Result<(), Failed> {
    let row = &CATALOGUE[dice.roll(CATALOGUE.len())];
    if dice.roll(12) == 0 {
        let noise = ["{}", "[", "{\"id\": 1, \"call\": 7}", "null"][dice.roll(4)];
        socket.send(Message::text(noise)).await?;
    }
    let instead = INSTEAD.iter().find(|(call, _)| *call == row.call);
    let line = instead.map_or(row.example, |(_, line)| line);
    say(socket, &json!({ "id": id, "line": line })).await
}

/// How much memory a process has, KiB.
fn resident_kib(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
