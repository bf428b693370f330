//! Why no band can be told.

use super::row::{same, Target};
use crate::kpi::error::{shorten, show_bytes};
use crate::kpi::Error;

/// Which KPI is asked about, and which channel of it; texts are in the
/// encoding of the database.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub kpi: &'a [u8],
    pub channel: &'a [u8],
}

impl Question<'_> {
    pub fn kpi(&self) -> String {
        show_bytes(self.kpi, 60)
    }

    /// "nps", or "aht of channel call".
    fn subject(&self) -> String {
        if self.channel.is_empty() {
            self.kpi()
        } else {
            format!("{} of channel {}", self.kpi(), show_bytes(self.channel, 60))
        }
    }

    /// No row says anything about the channel.
    #[cold]
    pub fn unknown_channel(&self, targets: &[Target]) -> Error {
        let mut channels: Vec<&[u8]> = targets.iter().map(|target| target.channel).collect();
        channels.sort_unstable();
        channels.dedup_by(|a, b| same(a, b));
        let channels: Vec<String> = channels.iter().map(|name| show_bytes(name, 60)).collect();
        let channels = shorten(&channels.join(", "), 300);
        if same(self.channel, b"") {
            Error::invalid_parameter(format_args!("{} has targets by channel only", self.kpi()))
                .hint(format_args!(
                    "Pass the channel as third argument: {channels}. A row of kpi_targets with channel '' holds for any."
                ))
        } else {
            let channel = show_bytes(self.channel, 60);
            Error::invalid_parameter(format_args!(
                "channel \"{channel}\" is unknown for {}",
                self.kpi()
            ))
            .hint(format_args!(
                "It has targets for {channels}. Add rows to kpi_targets for others, or with channel '' for any."
            ))
        }
    }

    /// Two bands that cannot be compared.
    #[cold]
    pub fn at_odds(&self, one: &Target, other: &Target, how: &str) -> Error {
        let mut bands = [show_bytes(one.band, 60), show_bytes(other.band, 60)];
        bands.sort_unstable();
        Error::invalid_parameter(format_args!(
            "the bands {} and {} of {} {how}",
            bands[0],
            bands[1],
            self.subject()
        ))
        .hint("Correct a row of kpi_targets, or switch a band off by a row of your own without value and duration.")
    }

    /// A number where durations are judged, or the other way round.
    #[cold]
    pub fn wrong_kind(&self, value: &str, is_duration: bool) -> Error {
        let kpi = self.subject();
        if is_duration {
            Error::invalid_parameter(format_args!(
                "value {value} is a duration, but {kpi} has targets in numbers"
            ))
            .hint("Pass the number that the KPI is.")
        } else {
            Error::invalid_parameter(format_args!(
                "value {value} is a number, but {kpi} has targets in durations"
            ))
            .hint("Pass an interval; seconds become one by make_interval(secs => seconds).")
        }
    }
}

/// There is no row for it; `known` lists for which there are.
#[cold]
pub fn unknown_kpi(kpi: &[u8], known: &[u8]) -> Error {
    let kpi = show_bytes(kpi, 60);
    Error::invalid_parameter(format_args!("kpi \"{kpi}\" has no targets")).hint(format_args!(
        "There are targets for {}. Add rows to kpi_targets for others.",
        show_bytes(known, 300)
    ))
}
