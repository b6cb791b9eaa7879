//! Starts the servers on loopback.

use std::io;
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinSet;
use transport::{Clock, SystemClock};

use crate::answer::Answer;
use crate::control::Control;
use crate::deliverer::Deliverer;
use crate::demo;
use crate::http::{Answers, Server};
use crate::incoming::{Incoming, Service};
use crate::shared::SharedWorld;
use crate::world::{Sites, World};

/// How the servers are to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Ports of Lever, CoderPad, the history and the control address. 0 takes any free one.
    pub ports: Ports,
    /// Lever's limit of requests for each key.
    pub rate_limit: bool,
    /// Pads were made, used and ended before it begins.
    pub scene: bool,
    /// Some seconds after the first look at the candidates, two of them move.
    pub story: bool,
}

/// One port each. 0 takes any free one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ports {
    /// Lever's.
    pub lever: u16,
    /// CoderPad's.
    pub coderpad: u16,
    /// That of the history of edits.
    pub history: u16,
    /// That of the control address.
    pub control: u16,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ports: Ports::default(),
            rate_limit: true,
            scene: false,
            story: false,
        }
    }
}

/// Where everything is, and the keys: what `padwatch-sandbox` prints as one line of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Addresses {
    /// The root of the Lever API.
    pub lever_api: String,
    /// The root of CoderPad.
    pub coderpad_api: String,
    /// Where the history of edits lies.
    pub history: String,
    /// A key to Lever that may do everything.
    pub lever_key: String,
    /// The recruiter's key to CoderPad.
    pub coderpad_key: String,
    /// The control address: a page for people, and JSON below it.
    pub control: String,
}

/// Servers that run until this is dropped.
pub struct Running {
    /// Where they are.
    pub addresses: Addresses,
    /// The world behind them.
    pub world: SharedWorld,
    /// How often a browser has asked for the control page.
    pub page_shown: watch::Receiver<u64>,
    servers: Vec<Server>,
    // What works beside the servers ends with them.
    tasks: JoinSet<()>,
}

/// Starts everything. Must be called inside a tokio runtime.
///
/// # Errors
/// When a port is taken, or no socket can be opened.
pub async fn serve(world: World, options: Options) -> io::Result<Running> {
    serve_by(world, options, Arc::new(SystemClock::new())).await
}

/// As [`serve`], with another clock.
///
/// # Errors
/// When a port is taken, or no socket can be opened.
pub async fn serve_by(
    mut world: World,
    options: Options,
    clock: Arc<dyn Clock>,
) -> io::Result<Running> {
    let lever = Server::bind(options.ports.lever).await?;
    let coderpad = Server::bind(options.ports.coderpad).await?;
    let history = Server::bind(options.ports.history).await?;
    let control = Server::bind(options.ports.control).await?;
    let sites = Sites {
        lever: format!("http://{}", lever.local_addr()?),
        coderpad: format!("http://{}", coderpad.local_addr()?),
        history: format!("http://{}", history.local_addr()?),
    };
    world.settle_at(&sites);
    prepare(&mut world, options, clock.now_ms())?;
    let (lever_key, coderpad_key) = first_keys(&world);
    let world = SharedWorld::new(world, clock);
    let controls = Control::new(world.clone(), control.local_addr()?.to_string());
    let addresses = Addresses {
        lever_api: format!("{}/v1", sites.lever),
        coderpad_api: sites.coderpad,
        history: sites.history,
        lever_key,
        coderpad_key,
        control: controls.address(),
    };
    let page_shown = controls.times_shown();
    let start = |listener, service| {
        let answers = OfService {
            world: world.clone(),
            service,
        };
        Server::start(listener, answers, world.reached(service))
    };
    let servers = vec![
        start(lever, Service::Lever),
        start(coderpad, Service::CoderPad),
        start(history, Service::History),
        Server::start(control, controls, world.always_reached()),
    ];
    let mut tasks = JoinSet::new();
    tasks.spawn(
        Deliverer::new(world.clone())
            .map_err(io::Error::other)?
            .run(),
    );
    if options.story {
        tasks.spawn(demo::play(world.clone()));
    }
    Ok(Running {
        addresses,
        world,
        page_shown,
        servers,
        tasks,
    })
}

fn prepare(world: &mut World, options: Options, now_ms: i64) -> io::Result<()> {
    world.switch(|switches| switches.lever.rate_limit = options.rate_limit);
    if options.scene {
        world.move_on(now_ms);
        demo::set_scene(world).map_err(io::Error::other)?;
    }
    Ok(())
}

fn first_keys(world: &World) -> (String, String) {
    let lever = world.lever.keys.keys().next().cloned();
    let coderpad = world.coderpad.keys.keys().next().cloned();
    (lever.unwrap_or_default(), coderpad.unwrap_or_default())
}

impl Running {
    /// Stops the servers. Connections are closed.
    pub fn stop(self) {
        drop(self.servers);
        drop(self.tasks);
    }
}

/// One of the two services, or the history.
#[derive(Clone)]
struct OfService {
    world: SharedWorld,
    service: Service,
}

impl Answers for OfService {
    async fn answer(&self, incoming: Incoming) -> Answer {
        let answer = self.world.answer(self.service, &incoming);
        if !answer.delay.is_zero() {
            self.world.clock().sleep(answer.delay).await;
        }
        answer
    }
}
