//! Runs the targets over the corpus and over changes of it, which are the same
//! each time: what needs neither an engine nor luck.
//!
//!   replay CORPUS SECONDS     all targets, for so long together at most
//!   replay TARGET FILE..      some inputs

use pg_cskpi_fuzz::{run, TARGETS};
use std::panic::{catch_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::process::exit;
use std::time::{Duration, Instant};

/// Changed inputs of each target: so many, and if time allows more.
const LEAST: u64 = 50;
const CHANGES: u64 = 1500;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [corpus, seconds] if Path::new(corpus).is_dir() => {
            let seconds = seconds.parse().expect("seconds are a whole number");
            all(Path::new(corpus), Duration::from_secs(seconds));
        }
        [target, files @ ..] if TARGETS.iter().any(|known| known.0 == target) => {
            for file in files {
                run(target, &std::fs::read(file).expect("a file"));
            }
        }
        _ => {
            eprintln!("usage: replay CORPUS SECONDS | replay TARGET FILE..");
            exit(2);
        }
    }
}

/// In TAP; see tests/run.sh.
fn all(corpus: &Path, most: Duration) {
    let (start, mut left) = (Instant::now(), TARGETS.len() as u32);
    let mut failed = false;
    for (target, _) in TARGETS {
        // A slow machine tries fewer changes, but each file of the corpus.
        let share = most.saturating_sub(start.elapsed()) / left;
        left -= 1;
        match replay(target, &corpus.join(target), share) {
            Ok((files, changes)) => println!("ok - {target}: {files} files, {changes} changes"),
            Err(why) => {
                failed = true;
                println!("not ok - {target}");
                why.lines().for_each(|line| println!("# {line}"));
            }
        }
    }
    println!("1..{}", TARGETS.len());
    exit(failed.into());
}

fn replay(target: &str, corpus: &Path, most: Duration) -> Result<(usize, u64), String> {
    let start = Instant::now();
    let files = files(corpus);
    let inputs: Vec<_> = files
        .iter()
        .map(|path| std::fs::read(path).expect("a file"))
        .collect();
    if inputs.is_empty() {
        return Err(format!("there is no file in {}", corpus.display()));
    }
    for (path, input) in files.iter().zip(&inputs) {
        attempt(target, input, &path.display().to_string())?;
    }
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for change in 0..CHANGES {
        if change >= LEAST && start.elapsed() > most {
            return Ok((inputs.len(), change));
        }
        let input = changed(&inputs, &mut random);
        attempt(target, &input, "a change of the corpus")?;
    }
    Ok((inputs.len(), CHANGES))
}

fn files(corpus: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(corpus).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// What went wrong, and the input where it can be run again.
fn attempt(target: &str, input: &[u8], from: &str) -> Result<(), String> {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let outcome = catch_unwind(|| run(target, input));
    set_hook(hook);
    outcome.map_err(|panic| {
        let why = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
            (Some(why), _) => why,
            (_, Some(why)) => *why,
            _ => "a panic",
        };
        let program = std::env::current_exe().expect("a program");
        let kept = program.with_file_name(format!("failed-{target}"));
        let _ = std::fs::write(&kept, input);
        let (program, kept) = (program.display(), kept.display());
        format!("{why}\nat {from}; with a backtrace:\nRUST_BACKTRACE=1 {program} {target} {kept}")
    })
}

/// One input, or parts of two, with some bytes changed.
fn changed(inputs: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = inputs[random.below(inputs.len())].clone();
    if random.below(4) == 0 {
        let other = &inputs[random.below(inputs.len())];
        input.truncate(random.below(input.len() + 1));
        input.extend(&other[random.below(other.len() + 1)..]);
    }
    for _ in 0..random.below(6) {
        let at = random.below(input.len() + 1);
        match random.below(4) {
            0 => input.insert(at, random.below(256) as u8),
            1 if at < input.len() => drop(input.remove(at)),
            _ if at < input.len() => match random.below(2) {
                0 => input[at] ^= 1 << random.below(8),
                _ => input[at] = [0, 1, 0x7F, 0x80, 0xFF, b'9', b'"', b'-'][random.below(8)],
            },
            _ => {}
        }
    }
    input
}

/// Xorshift: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}
