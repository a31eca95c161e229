//! The loop: connections, due times, one epoll.

use std::{collections::VecDeque, io::ErrorKind, num::NonZeroU64, os::fd::OwnedFd, thread, time::Duration};

use anyhow::{Result, ensure};
use rustix::{
    event::epoll,
    time::{
        ClockId, Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, clock_gettime,
        timerfd_create, timerfd_settime,
    },
};

use crate::{answer::Answer, plan::Plan, report::Report, stream::Stream};

/// A run under way. All times are nanoseconds of the monotonic clock.
pub(crate) struct Load<'a> {
    plan: &'a Plan,
    epoll: OwnedFd,
    timer: OwnedFd,
    connections: Vec<Connection>,
    idle: VecDeque<usize>,
    /// Due times of calls that no connection was free for.
    waiting: VecDeque<u64>,
    in_flight: usize,
    report: Report,
}

struct Connection {
    stream: Stream,
    answer: Answer,
    busy: bool,
    due: u64,
    first_byte: u64,
}

/// When the counted part begins, when no more calls begin, and when those under way are given up.
struct Times {
    start: u64,
    counted: u64,
    stop: u64,
    end: u64,
}

/// Connections are opened one by one: a burst would be accepted whole by one worker of a server of several.
const BETWEEN_CONNECTS: Duration = Duration::from_millis(3);
/// For calls under way when the time is over.
const DRAIN: u64 = 3_000_000_000;
/// A target that fails this often is not measured any longer.
const MOST_ERRORS: u64 = 10_000;
/// The timer's name among the connections.
const TIMER: u64 = u64::MAX;

// === impl Load ===

impl<'a> Load<'a> {
    pub(crate) fn open(plan: &'a Plan) -> Result<Load<'a>> {
        // timers may not be put together with others: 1 ns of slack
        rustix::thread::set_current_timer_slack(NonZeroU64::new(1))?;
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        let timer =
            timerfd_create(TimerfdClockId::Monotonic, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)?;
        epoll::add(&epoll, &timer, epoll::EventData::new_u64(TIMER), epoll::EventFlags::IN)?;
        let mut load = Load {
            plan,
            epoll,
            timer,
            connections: Vec::with_capacity(plan.connections),
            idle: (0..plan.connections).collect(),
            waiting: VecDeque::new(),
            in_flight: 0,
            report: Report::default(),
        };
        for index in 0..plan.connections {
            thread::sleep(BETWEEN_CONNECTS);
            let connection = load.connect(index)?;
            load.connections.push(connection);
        }
        Ok(load)
    }

    fn connect(&self, index: usize) -> Result<Connection> {
        let stream = Stream::open(self.plan)?;
        epoll::add(
            &self.epoll,
            stream.socket(),
            epoll::EventData::new_u64(index as u64),
            epoll::EventFlags::IN,
        )?;
        Ok(Connection { stream, answer: Answer::new(), busy: false, due: 0, first_byte: 0 })
    }

    pub(crate) fn run(mut self) -> Result<Report> {
        let start = now() + 2_000_000;
        let counted = start + nanos(self.plan.warmup);
        let stop = counted + nanos(self.plan.duration);
        let times = Times { start, counted, stop, end: stop + DRAIN };
        let step = 1_000_000_000_u64.checked_div(self.plan.rate);
        let mut next_due = start;
        let mut events = Vec::with_capacity(256);
        let mut buffer = vec![0; 256 << 10];
        loop {
            let time = now();
            self.arrive(time, step, &mut next_due, &times);
            self.dispatch(&times)?;
            if (time >= times.stop && self.in_flight == 0) || time >= times.end {
                break;
            }
            if step.is_some() && time < times.stop {
                let due = Timespec { tv_sec: seconds(next_due), tv_nsec: (next_due % 1_000_000_000) as i64 };
                let once = Itimerspec { it_interval: Timespec::default(), it_value: due };
                timerfd_settime(&self.timer, TimerfdTimerFlags::ABSTIME, &once)?;
            }
            let patience =
                Timespec { tv_sec: 0, tv_nsec: if time < times.start { 1_000_000 } else { 50_000_000 } };
            events.clear();
            epoll::wait(&self.epoll, rustix::buffer::spare_capacity(&mut events), Some(&patience))?;
            for event in &events {
                match event.data.u64() {
                    TIMER => drop(rustix::io::read(&self.timer, &mut buffer[..8])),
                    index => self.readable(index as usize, &mut buffer, &times)?,
                }
            }
            ensure!(self.report.errors < MOST_ERRORS, "{MOST_ERRORS} errors: {}", self.report.first_bad);
        }
        self.report.unfinished = self.in_flight as u64;
        Ok(self.report)
    }

    /// Calls that are due by now.
    fn arrive(&mut self, time: u64, step: Option<u64>, next_due: &mut u64, times: &Times) {
        if time >= times.stop {
            self.report.unsent += self.waiting.iter().filter(|due| **due >= times.counted).count() as u64;
            self.waiting.clear();
        } else if let Some(step) = step {
            while *next_due <= time {
                self.waiting.push_back(*next_due);
                *next_due += step;
            }
        } else if time >= times.start {
            self.waiting.extend(self.idle.iter().map(|_| time));
        }
    }

    fn dispatch(&mut self, times: &Times) -> Result<()> {
        while let (Some(due), Some(index)) = (self.waiting.front().copied(), self.idle.front().copied()) {
            let connection = &mut self.connections[index];
            if connection.stream.write_all(&self.plan.request).is_err() {
                // an idle connection that the server has closed meanwhile
                self.report.reconnects += 1;
                self.report.errors += 1;
                self.connections[index] = self.connect(index)?;
                ensure!(self.report.errors < MOST_ERRORS, "the target closes every connection");
                continue;
            }
            self.idle.pop_front();
            self.waiting.pop_front();
            connection.answer.reset();
            (connection.busy, connection.due, connection.first_byte) = (true, due, 0);
            if due >= times.counted && self.plan.rate > 0 {
                self.report.send_lag.push((now() - due) / 1000);
            }
            self.in_flight += 1;
        }
        Ok(())
    }

    fn readable(&mut self, index: usize, buffer: &mut [u8], times: &Times) -> Result<()> {
        let connection = &mut self.connections[index];
        let closed = match connection.stream.read(buffer) {
            Ok(0) => true,
            Ok(count) => {
                connection.answer.feed(&buffer[..count]);
                if connection.answer.begun && connection.first_byte == 0 {
                    connection.first_byte = now();
                }
                false
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(_) => true,
        };
        if closed {
            connection.answer.closed();
        }
        if connection.busy && connection.answer.is_done() {
            connection.busy = false;
            self.in_flight -= 1;
            let time = now();
            self.report.calls += 1;
            if !connection.answer.is_good(&self.plan.expect) {
                self.report.bad(connection.answer.status, connection.answer.tail());
            } else if connection.due >= times.counted && (self.plan.rate > 0 || time <= times.stop) {
                self.report.done(time - connection.due, connection.first_byte.saturating_sub(connection.due));
            }
            if connection.answer.closes {
                self.report.reconnects += 1;
                self.connections[index] = self.connect(index)?;
            }
            self.idle.push_back(index);
        } else if closed {
            if connection.busy {
                self.in_flight -= 1;
                self.report.errors += 1;
                self.idle.push_back(index);
            }
            self.report.reconnects += 1;
            self.connections[index] = self.connect(index)?;
        }
        Ok(())
    }
}

fn now() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn nanos(time: Duration) -> u64 {
    time.as_nanos() as u64
}

fn seconds(nanos: u64) -> i64 {
    (nanos / 1_000_000_000) as i64
}
